package dev.penstock.standalone.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.quota.CallRow;
import dev.penstock.standalone.client.ModelAnswer;
import dev.penstock.standalone.client.ModelClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From a model in the catalogue to the line on the statement, by the people it is for, in a real browser. */
@Order(3)
@Timeout(480)
class CallJourneyTest {

    private static final double WHILE_WEIGHTS_LOAD = 90_000;
    private static final double WHILE_BOOKED = 15_000;

    private static RunningPenstock penstock;
    private static Browsers browsers;

    @BeforeAll
    static void open() {
        penstock = RunningPenstock.shared();
        browsers = new Browsers(penstock);
        // What the shared models cost stands on the same pages.
        new Lab(penstock, "journey");
    }

    @AfterAll
    static void close() {
        browsers.close();
    }

    @Test
    void aScientistServesAModelCallsItAndFinanceSeesWhatItCost() {
        String name = "chat-" + UUID.randomUUID().toString().substring(0, 6);
        Team team = new Team(penstock, "scientist");

        // 1. From the model's page to an endpoint of one's own.
        Page scientist = browsers.signIn("scientist", "/catalogue");
        assertThat(scientist.getByText("Qwen2.5 7B Instruct").first()).isVisible();
        Browsers.picture(scientist, "catalogue");
        scientist.navigate(penstock.url("portal") + "/catalogue/" + Lab.CHAT);
        assertThat(scientist.locator("main h1").first()).containsText("Qwen2.5 7B Instruct");
        Browsers.picture(scientist, "model");
        scientist.getByRole(AriaRole.LINK, linked("New endpoint")).first().click();
        scientist.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(name);
        Locator context = scientist.getByLabel("Context", new Page.GetByLabelOptions().setExact(true));
        context.fill("8192");
        context.blur();
        Locator hours = scientist.getByLabel("Lease", new Page.GetByLabelOptions().setExact(true));
        hours.fill("2");
        hours.blur();
        scientist.getByLabel("Why you need it").fill("Summaries of documents.");
        scientist.getByLabel("Why you need it").blur();
        Browsers.picture(scientist, "new-endpoint");
        scientist.getByRole(AriaRole.BUTTON, button("Start the endpoint")).click();

        // 2. It loads as one watches, and says how to call it.
        assertThat(state(scientist)).containsText("Ready", new ContainsTextOptions().setTimeout(WHILE_WEIGHTS_LOAD));
        assertThat(scientist.getByText("/v1").first()).isVisible();
        EndpointView endpoint = team.api().endpoints().list(team.tenant(), null).stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
        Browsers.picture(scientist, "endpoint");
        scientist.navigate(penstock.url("portal") + "/endpoints");
        assertThat(scientist.getByText(name).first()).isVisible();
        Browsers.picture(scientist, "endpoints");

        // 3. A key is shown once, and never again.
        String key = makeKey(scientist, name);

        // 4. A call with it is in the open page of usage before anybody reloads.
        scientist.navigate(penstock.url("portal") + "/usage?tab=calls");
        assertThat(scientist.getByRole(AriaRole.HEADING, named("Usage"))).isVisible();
        ModelAnswer answer = call(key, endpoint.callName());
        assertThat(scientist.getByText(endpoint.callName()).first()).isVisible(new IsVisibleOptions().setTimeout(WHILE_BOOKED));
        assertThat(answer.outputTokens()).isPositive();
        Browsers.picture(scientist, "usage-calls");
        scientist.navigate(penstock.url("portal") + "/usage");
        assertThat(scientist.locator("penstock-chart svg").first()).isVisible();
        Browsers.picture(scientist, "usage");

        // 5. In the playground two models answer side by side, and what each cost stands there once it is booked.
        playground(scientist, team, endpoint.callName());

        // 6. Finance finds the month, equal to the ledger, down to the rows.
        statement();

        // 7. The key ends, and the endpoint.
        scientist.navigate(penstock.url("portal") + "/keys");
        scientist.getByRole(AriaRole.LINK, linked("Revoke " + name)).click();
        scientist.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, inside("Revoke " + name)).click();
        Eventually.eventually("the key is refused", Duration.ofSeconds(3), () -> ModelClient.withKey(penstock.directory(), key).models().status() == 401);
        scientist.navigate(penstock.url("portal") + "/endpoints/" + endpoint.tenant() + "/" + endpoint.id());
        scientist.getByRole(AriaRole.LINK, linked("Delete")).click();
        scientist.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, inside("Delete " + name)).click();
        assertThat(state(scientist)).containsText(Pattern.compile("deleted", Pattern.CASE_INSENSITIVE));
    }

    private static String makeKey(Page scientist, String name) {
        scientist.navigate(penstock.url("portal") + "/keys?do=new");
        Locator dialog = scientist.getByRole(AriaRole.DIALOG);
        dialog.getByLabel("Name", new Locator.GetByLabelOptions().setExact(true)).fill(name);
        dialog.getByRole(AriaRole.BUTTON, inside("Make the key")).click();
        Locator secret = dialog.locator(".copyline").first();
        assertThat(secret).containsText("psk_");
        String key = secret.innerText().strip();
        Browsers.picture(scientist, "key-made");
        dialog.getByRole(AriaRole.BUTTON, inside("Close; I have copied it")).click();
        assertThat(dialog).isHidden();
        assertThat(scientist.getByText(name).first()).isVisible();
        scientist.reload();
        assertThat(scientist.getByText(name).first()).isVisible();
        assertThat(scientist.content()).doesNotContain(key);
        Browsers.picture(scientist, "keys");
        return key;
    }

    private static ModelAnswer call(String key, String model) {
        ModelClient caller = ModelClient.withKey(penstock.directory(), key);
        Eventually.eventually("the gateway knows key and model", Duration.ofSeconds(5), () -> caller.models().body().toString().contains(model));
        caller.chat(Lab.CHAT, "What does it cost?", 20);
        return caller.stream(model, "What is a penstock?", 20, piece -> {});
    }

    private static void playground(Page scientist, Team team, String model) {
        scientist.navigate(penstock.url("portal") + "/playground?model=" + model + "&beside=" + Lab.CHAT);
        scientist.getByLabel("Ask both models").pressSequentially("What is <b>a penstock</b>?");
        scientist.keyboard().press("Control+Enter");
        assertThat(scientist.locator(".talk .badge")).hasText(new String[] {"Answered", "Answered"});
        assertThat(scientist.locator(".talk .turn:not(.asked) > .said:not(.quiet)")).containsText(new String[] {"You asked: “What is <b>a penstock</b>?”", "You asked: “What is <b>a penstock</b>?”"});
        assertThat(scientist.getByText("being booked")).hasCount(0, new HasCountOptions().setTimeout(WHILE_BOOKED));
        Browsers.picture(scientist, "playground");
        List<String> told = scientist.locator(".talk .copyid").all().stream().map(id -> id.getAttribute("data-copy")).toList();
        Instant now = Instant.now();
        assertThat(team.api().usage().calls(team.tenant(), team.project(), null, null, now.minusSeconds(300), now.plusSeconds(60), false, null).calls())
                .filteredOn(row -> told.contains(row.call().toString()))
                .extracting(CallRow::model, CallRow::person, CallRow::key, CallRow::status)
                .containsExactlyInAnyOrder(tuple(model, "scientist", null, 200), tuple(Lab.CHAT, "scientist", null, 200));
    }

    private static void statement() {
        Page finance = browsers.signIn("finance", "/statements");
        finance.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(Pattern.compile(".* of research", Pattern.CASE_INSENSITIVE))).first().click();
        assertThat(finance.getByText("Equals the ledger").first()).isVisible();
        assertThat(finance.getByText("research-vision").first()).isVisible();
        Browsers.picture(finance, "statement");
        finance.context().close();
    }

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

    private static Locator.GetByRoleOptions inside(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }
}
