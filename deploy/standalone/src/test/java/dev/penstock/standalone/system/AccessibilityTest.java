package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** axe finds nothing on any screen, in light and in dark, and the browser's console stays empty. */
@Timeout(300)
class AccessibilityTest {

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

    @ParameterizedTest
    @CsvSource({
        "scientist, '/ /slices /new-slice /catalogue /endpoints /new-endpoint /keys /usage'",
        "admin, '/ /approvals /tenants /usage /statements /audit'",
        "auditor, '/audit /usage?tab=calls'",
        "finance, '/ /tenants /usage /statements'",
    })
    void everyScreenOf(String persona, String paths) {
        Page page = browsers.signIn(persona, "/");
        List<String> errors = new ArrayList<>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.text());
            }
        });
        for (String path : paths.split(" ")) {
            page.navigate(penstock.url("portal") + path);
            PlaywrightAssertions.assertThat(page.locator("main h1").first()).isVisible();
            for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                assertThat(new AxeBuilder(page).withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")).analyze().getViolations())
                        .extracting(Rule::getId, rule -> rule.getNodes().getFirst().getHtml())
                        .as(persona + " on " + path + " in " + scheme)
                        .isEmpty();
            }
        }
        assertThat(errors).as("console of " + persona).isEmpty();
        page.context().close();
    }
}
