package dev.penstock.standalone.system;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One real Chromium; each person gets a context of their own, as on a machine of their own. */
final class Browsers implements AutoCloseable {

    /** Generous, for machines that build and test at the same time; what must be quick says so itself. */
    private static final double PATIENCE_MILLIS = 60_000;

    /** Where pictures go; without it none are taken, since they cost as much as the screens. */
    private static final @Nullable String PICTURES = System.getenv("PENSTOCK_PICTURES");

    private final Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser chromium = playwright.chromium().launch(new BrowserType.LaunchOptions()
            .setExecutablePath(executable())
            .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                    "--disable-component-update", "--disable-sync")));
    private final RunningPenstock penstock;

    Browsers(RunningPenstock penstock) {
        this.penstock = penstock;
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    /** A desktop-sized browser without anybody signed in, who prefers no motion: drawn without a GPU, a badge that turns for a minute takes a core. */
    BrowserContext context() {
        BrowserContext context = chromium.newContext(new Browser.NewContextOptions()
                .setViewportSize(1440, 1000)
                .setTimezoneId("Europe/Berlin")
                .setLocale("en-GB")
                .setReducedMotion(ReducedMotion.REDUCE));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        return context;
    }

    /** Signs a persona in, on a path of the portal. */
    Page signIn(String persona, String path) {
        return signIn(context(), persona, path);
    }

    Page signIn(BrowserContext context, String persona, String path) {
        Page page = context.newPage();
        page.navigate(penstock.url("portal") + path);
        page.locator("button[name=persona][value=" + persona + "]").click();
        page.waitForURL(url -> url.startsWith(penstock.url("portal")));
        return page;
    }

    /** Pictures in light, dark and narrow, for whoever changed the screen to look at. Taken or not, the page is drawn to its end when this returns. */
    static void picture(Page page, String name) {
        // A click on what the server is just replacing is lost.
        page.waitForFunction("() => Object.values(window.Vaadin.Flow.clients).every(client => !client.isActive || !client.isActive())");
        if (PICTURES == null) {
            return;
        }
        Path folder = Path.of(PICTURES);
        take(page, folder.resolve(name + "-light.png"), ColorScheme.LIGHT, 1440, 1000);
        take(page, folder.resolve(name + "-dark.png"), ColorScheme.DARK, 1440, 1000);
        take(page, folder.resolve(name + "-narrow.png"), ColorScheme.LIGHT, 390, 844);
        page.setViewportSize(1440, 1000);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    private static void take(Page page, Path file, ColorScheme scheme, int width, int height) {
        page.setViewportSize(width, height);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.waitForFunction("() => document.getAnimations().every(a => a.playState !== 'running' || a.effect?.getComputedTiming().iterations === Infinity)");
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    private static Path executable() {
        String named = System.getenv("PENSTOCK_CHROMIUM");
        return Stream.of(named == null ? "" : named, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no Chromium: install it (Debian: apt-get install chromium) or let PENSTOCK_CHROMIUM name it"));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
