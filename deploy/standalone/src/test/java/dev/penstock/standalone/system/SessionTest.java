package dev.penstock.standalone.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.penstock.contract.platform.SliceRequestView;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A person's session: shared by tabs, ended everywhere at once, and blind to what is another tenant's. Tokens live 20 seconds here. */
@Order(4)
class SessionTest {

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
    @Timeout(300)
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
    @Timeout(300)
    void signingOutEndsEveryTabAndTheSessionAtTheProvider() {
        BrowserContext person = browsers.context();
        Page first = browsers.signIn(person, "finance", "/");
        Page second = person.newPage();
        second.navigate(penstock.url("portal") + "/");
        assertThat(second.getByRole(AriaRole.HEADING, heading("Home"))).isVisible();
        first.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Account")).click();
        first.getByText("Sign out").first().click();
        assertThat(first.getByText("You are signed out").first()).isVisible();
        assertThat(second.getByText("You are signed out").first()).isVisible();
        for (Page tab : new Page[] {first, second}) {
            tab.navigate(penstock.url("portal") + "/");
            assertThat(tab.getByText("You are signed out").first()).isVisible();
            tab.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in")).click();
            assertThat(tab.locator("button[name=persona]").first()).isVisible();
        }
        person.close();
    }

    @Test
    @Timeout(300)
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

    private static Page.GetByRoleOptions heading(String text) {
        return new Page.GetByRoleOptions().setName(text).setLevel(1);
    }
}
