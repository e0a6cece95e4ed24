package dev.penstock.standalone.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.penstock.contract.platform.SliceRequestView;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages that stay open while tokens come and go. Tokens live 20 seconds here. */
@Order(3)
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
    @Timeout(300)
    void aPageThatOutlivesItsTokensThreeTimesStillFollows() {
        followsAfter(Duration.ofSeconds(65));
    }

    @Test
    @Tag("long")
    @Timeout(1500)
    void aPageLeftOpenForTwentyMinutesStillFollows() {
        followsAfter(Duration.ofMinutes(20));
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
