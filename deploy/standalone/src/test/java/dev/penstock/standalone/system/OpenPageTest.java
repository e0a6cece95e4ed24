package dev.penstock.standalone.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.penstock.contract.platform.SliceRequestView;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages that stay open while tokens come and go. Tokens live 20 seconds here. */
class OpenPageTest {

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
    @Timeout(120)
    void aPageThatOutlivesItsTokensThreeTimesStillFollows() {
        followsAfter(Duration.ofSeconds(65));
    }

    @Test
    @Tag("long")
    @Timeout(1500)
    void aPageLeftOpenForTwentyMinutesStillFollows() {
        followsAfter(Duration.ofMinutes(20));
    }

    @Test
    @Timeout(120)
    void twoTabsShareOneSessionAndRefreshOnce() {
        BrowserContext person = browsers.context();
        Page first = browsers.signIn(person, "scientist", "/slices");
        Page second = person.newPage();
        second.navigate(penstock.url("portal") + "/slices");
        first.waitForTimeout(25_000);
        for (Page tab : new Page[] {first, second}) {
            tab.reload();
            assertThat(tab.getByRole(AriaRole.HEADING, heading("Slices"))).isVisible();
        }
        person.close();
    }

    @Test
    @Timeout(120)
    void signingOutEndsEveryTabAndTheSessionAtTheProvider() {
        BrowserContext person = browsers.context();
        Page first = browsers.signIn(person, "finance", "/");
        Page second = person.newPage();
        second.navigate(penstock.url("portal") + "/");
        assertThat(second.getByRole(AriaRole.HEADING, heading("Home"))).isVisible();
        first.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Account")).click();
        first.getByText("Sign out").first().click();
        assertThat(first.getByText("You are signed out").first()).isVisible();
        for (Page tab : new Page[] {first, second}) {
            tab.navigate(penstock.url("portal") + "/");
            assertThat(tab.locator("button[name=persona]").first()).isVisible();
        }
        person.close();
    }

    @Test
    @Timeout(120)
    void anotherTenantsThingsDoNotExist() {
        Team team = new Team(penstock, "scientist");
        SliceRequestView request = team.ask("private-" + UUID.randomUUID().toString().substring(0, 8), "h100-80.2g.20gb", Duration.ofHours(200));
        Page stranger = browsers.signIn("scientist2", "/requests/" + request.tenant() + "/" + request.id());
        assertThat(stranger.getByText("There is no such thing, or it is not yours to see.").first()).isVisible();
        String existing = stranger.locator("main").innerText().replaceAll("ref\\s+\\S+", "");
        stranger.navigate(penstock.url("portal") + "/requests/" + request.tenant() + "/" + UUID.randomUUID());
        assertThat(stranger.getByText("There is no such thing, or it is not yours to see.").first()).isVisible();
        org.assertj.core.api.Assertions.assertThat(stranger.locator("main").innerText().replaceAll("ref\\s+\\S+", "")).isEqualTo(existing);
        team.api().requests().withdraw(team.tenant(), request.id());
    }

    private static void followsAfter(Duration time) {
        Team team = new Team(penstock, "scientist");
        Page page = browsers.signIn("scientist", "/slices");
        assertThat(page.getByRole(AriaRole.HEADING, heading("Slices"))).isVisible();
        Instant end = Instant.now().plus(time);
        while (Instant.now().isBefore(end)) {
            page.waitForTimeout(1_000);
        }
        String name = "late-" + UUID.randomUUID().toString().substring(0, 8);
        SliceRequestView request = team.ask(name, "h200-141.1g.18gb", Duration.ofMinutes(5));
        assertThat(page.getByText(name).first()).isVisible(new IsVisibleOptions().setTimeout(5_000));
        var slice = team.slice(request);
        team.api().slices().release(slice.tenant(), slice.id());
    }

    private static Page.GetByRoleOptions heading(String text) {
        return new Page.GetByRoleOptions().setName(text).setLevel(1);
    }
}
