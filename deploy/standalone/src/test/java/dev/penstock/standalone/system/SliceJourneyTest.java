package dev.penstock.standalone.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.SliceView;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The main job, by the people it is for, in a real browser; and what became of it in quota and trail. */
@Order(5)
@Timeout(480)
class SliceJourneyTest {

    private static final double WHILE_A_POD_STARTS = 40_000;

    private static RunningPenstock penstock;
    private static Browsers browsers;

    @BeforeAll
    static void open() {
        penstock = RunningPenstock.shared();
        browsers = new Browsers(penstock);
    }

    @AfterAll
    static void close() {
        browsers.close();
    }

    @Test
    void aScientistAsksAnAdministratorApprovesAndAnAuditorProves(@TempDir Path folder) throws IOException {
        // 1. The scientist asks for a whole GPU, which policy does not approve by itself.
        Page scientist = browsers.signIn("scientist", "/");
        assertThat(scientist.getByRole(AriaRole.HEADING, named("Home"))).isVisible();
        scientist.getByRole(AriaRole.LINK, linked("New slice")).first().click();
        scientist.getByText("Fully isolated").first().click();
        scientist.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("train-lora");
        scientist.getByLabel("Why you need it").fill("Fine-tuning for the document set.");
        scientist.getByLabel("Why you need it").blur();
        Browsers.picture(scientist, "new-slice");
        scientist.getByRole(AriaRole.BUTTON, button("Ask for approval")).click();
        assertThat(scientist.getByText("Waits for approval").first()).isVisible();

        // 2. The administrator sees it without asking, and approves.
        Page admin = browsers.signIn("admin", "/approvals");
        admin.getByRole(AriaRole.LINK, linked("train-lora")).first().click();
        Locator request = admin.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("train-lora").setExact(true));
        assertThat(request.getByText("Fine-tuning for the document set.")).isVisible();
        Browsers.picture(admin, "approvals");
        request.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Approve").setExact(true)).click();
        assertThat(admin.getByRole(AriaRole.LINK, linked("train-lora"))).isHidden();

        // 3. The scientist's page, never reloaded, tells that it was approved; the slice comes up as one watches.
        assertThat(scientist.getByText("Approved").first()).isVisible();
        Page slices = scientist.context().newPage();
        slices.navigate(penstock.url("portal") + "/slices");
        slices.getByRole(AriaRole.LINK, linked("train-lora")).first().click();
        assertThat(state(slices)).containsText("Ready", new ContainsTextOptions().setTimeout(WHILE_A_POD_STARTS));
        Page notebook = slices.context().waitForPage(() -> slices.getByRole(AriaRole.BUTTON, button("Open JupyterLab")).click());
        assertThat(notebook.getByRole(AriaRole.HEADING, named("JupyterLab"))).isVisible();
        assertThat(notebook.getByText("This is a simulator").first()).isVisible();
        notebook.close();

        // 4. The administrator sees on which GPU it is.
        admin.navigate(penstock.url("portal") + "/fleet");
        assertThat(admin.locator(".part").filter(new Locator.FilterOptions().setHasText("train-lora"))).isVisible();
        Browsers.picture(admin, "fleet");

        // 5. The lease is extended, and what is set aside grows with it.
        long before = setAside();
        slices.getByRole(AriaRole.LINK, linked("Extend")).click();
        Locator dialog = slices.getByRole(AriaRole.DIALOG);
        dialog.getByText("2 h", new Locator.GetByTextOptions().setExact(true)).first().click();
        dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Extend").setExact(true)).click();
        assertThat(slices.getByText("10 h").first()).isVisible();
        assertThat(dialog).isHidden();
        Browsers.picture(slices, "slice");
        assertThat(setAside()).isGreaterThan(before);
        pictureOfTwoHomes(scientist);

        // 6. It ends, and everything unused is given back.
        slices.getByRole(AriaRole.LINK, linked("Release")).click();
        slices.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("Release .*"))).click();
        assertThat(state(slices)).containsText("Released", new ContainsTextOptions().setTimeout(WHILE_A_POD_STARTS));

        // 7. The auditor finds every step, verifies, and takes the proof home.
        Page auditor = browsers.signIn("auditor", "/audit");
        for (String action : new String[] {"slice-request.submit", "slice-request.approve"}) {
            assertThat(auditor.getByText(action).first()).isVisible();
        }
        auditor.getByRole(AriaRole.BUTTON, button("Verify now")).click();
        assertThat(auditor.getByText("Complete and unaltered")).isVisible(new IsVisibleOptions().setTimeout(WHILE_A_POD_STARTS));
        Browsers.picture(auditor, "audit");
        Download download = auditor.waitForDownload(() -> auditor.getByText("Export").first().click());
        Path bundle = folder.resolve("bundle.zip");
        download.saveAs(bundle);
        assertThat(verify(bundle)).isZero();
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[bytes.length / 2] ^= 1;
        Files.write(bundle, bytes);
        assertThat(verify(bundle)).as("a flipped bit").isNotZero();

    }

    /** While the slice runs, one waits for consent and one comes up. */
    private static void pictureOfTwoHomes(Page scientist) {
        Team team = new Team(penstock, "scientist");
        SliceRequestView small = team.ask("notebook-a", "h100-80.1g.10gb", Duration.ofHours(8));
        SliceRequestView large = team.ask("eval-batch", "h100-80.3g.40gb", Duration.ofHours(72));
        team.await(small, SliceState.READY, Duration.ofSeconds(60));
        scientist.navigate(penstock.url("portal") + "/");
        assertThat(scientist.getByRole(AriaRole.HEADING, named("Home"))).isVisible();
        assertThat(scientist.getByText("notebook-a").first()).isVisible();
        Browsers.picture(scientist, "home");
        scientist.navigate(penstock.url("portal") + "/slices");
        assertThat(scientist.getByText("notebook-a").first()).isVisible();
        Browsers.picture(scientist, "slices");
        Page admin = browsers.signIn("admin", "/");
        assertThat(admin.getByText("Fleet").first()).isVisible();
        Browsers.picture(admin, "home-admin");
        admin.navigate(penstock.url("portal") + "/tenants");
        assertThat(admin.getByText("research-vision").first()).isVisible();
        Browsers.picture(admin, "tenants");
        admin.context().close();
        team.api().requests().withdraw(team.tenant(), large.id());
        SliceView held = team.slice(small);
        team.api().slices().release(held.tenant(), held.id());
        team.await(small, SliceState.RELEASED, Duration.ofSeconds(60));
    }

    private static long setAside() {
        return gpuTime(new Team(penstock, "scientist")).setAside().longValueExact();
    }

    private static LimitView gpuTime(Team team) {
        return team.api().limits().list(team.tenant()).stream()
                .filter(limit -> limit.meter() == Meter.GPU_TIME && limit.window() == Window.MONTH && team.project().equals(limit.project()))
                .findFirst()
                .orElseThrow();
    }

    private static int verify(Path bundle) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
                        "dev.penstock.verifier.Verify", bundle.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        System.out.println(said);
        return process.onExit().join().exitValue();
    }

    /** The state beside the page's title. */
    private static Locator state(Page page) {
        return page.locator(".pagehead .badge").first();
    }

    private static Page.GetByRoleOptions named(String heading) {
        return new Page.GetByRoleOptions().setName(heading).setLevel(1);
    }

    private static Page.GetByRoleOptions linked(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Page.GetByRoleOptions button(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
