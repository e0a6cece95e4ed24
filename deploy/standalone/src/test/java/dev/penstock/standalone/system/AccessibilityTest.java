package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** axe finds nothing on any screen, in light and in dark, and the browser's console stays empty. */
// One of three threads takes classes from the end: with this one it begins.
@Order(Integer.MAX_VALUE)
@Timeout(300)
class AccessibilityTest {

    private static final List<String> STANDARDS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    /** The rules that look at colours. The others look at what is the same in both schemes. */
    private static final List<String> OF_COLOUR = List.of("color-contrast", "link-in-text-block");

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
        "scientist, '/ /slices /new-slice /catalogue /endpoints /new-endpoint /playground?code=1 /keys /usage'",
        "admin, '/ /approvals /approvals?do=delegate /fleet /tenants /images /usage /statements /audit'",
        "auditor, '/usage?tab=calls /keys /health /routing /upstreams /stops'",
        "finance, '/ /statements'",
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
            page.evaluate("() => {" + AxeBuilder.getAxeScript() + "}");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
            assertThat(found(page, "tag", STANDARDS)).as(persona + " on " + path).isEqualTo(List.of());
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            assertThat(found(page, "rule", OF_COLOUR)).as(persona + " on " + path + " in dark").isEqualTo(List.of());
        }
        assertThat(errors).as("console of " + persona).isEmpty();
        page.context().close();
    }

    /** The rules that are broken, each with a place. Asked in the page itself: the builder opens a page more for each answer, and fetches what is well too. */
    private static Object found(Page page, String kind, List<String> values) {
        return page.evaluate(
                """
                only => axe.run({ runOnly: only, resultTypes: ['violations'] })
                    .then(results => results.violations.map(broken => broken.id + ' ' + broken.nodes[0].html))""",
                Map.of("type", kind, "values", values));
    }
}
