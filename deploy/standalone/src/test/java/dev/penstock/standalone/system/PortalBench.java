package dev.penstock.standalone.system;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How soon a screen is there when it is opened and after a click, in a real Chromium on the same machine, and what an open page takes of the programs.
 * Not part of any build: {@code ./penstock bench portal} plays it.
 *
 * <p>The programs run in this JVM, as under {@code ./penstock up}, on PostgreSQL with the development data. Times are the browser's own
 * ({@code performance.now()}): of an opened screen from the beginning of the navigation, of a clicked one from the click, to the frame after the screen's
 * heading, with which all of its data comes.
 */
class PortalBench {

    private static final int WARM_UP = 3;
    private static final int ROUNDS = 12;
    private static final int OPEN_PAGES = 40;

    /** Where figures are written down; without it they are only told. */
    private static final String RESULTS = System.getProperty("penstock.bench.results", "");

    /** Who opens what, by the titles of the navigation. */
    private static final List<Person> PEOPLE = List.of(
            new Person("scientist", List.of("Home", "Catalogue", "Endpoints", "Slices", "Keys", "Usage")),
            new Person("admin", List.of("Home", "Approvals", "Tenants and quotas", "Health", "Audit trail")),
            new Person("finance", List.of("Home", "Usage", "Statements")));

    /** Remembers when the document's heading has been drawn. */
    private static final String WATCH_OPENING = """
            new MutationObserver((changes, observer) => {
                if (document.querySelector('main h1')) {
                    observer.disconnect();
                    requestAnimationFrame(() => window.penstockDrawn = performance.now());
                }
            }).observe(document, {subtree: true, childList: true});""";

    private static final String CLICK = """
            (link, title) => new Promise(drawn => {
                const begin = performance.now();
                const observer = new MutationObserver(() => {
                    if (document.querySelector('main h1')?.textContent.trim() === title) {
                        observer.disconnect();
                        requestAnimationFrame(() => drawn(performance.now() - begin));
                    }
                });
                observer.observe(document.body, {subtree: true, childList: true, characterData: true});
                link.click();
            })""";

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private record Person(String persona, List<String> screens) {}

    /** @param cpu of the programs, in milliseconds a time */
    private record Figure(String persona, String screen, List<Double> millis, double cpu) {

        double median() {
            return millis.stream().sorted().skip((millis.size() - 1) / 2).findFirst().orElseThrow();
        }

        double longest() {
            return Collections.max(millis);
        }

        Map<String, Object> values() {
            return Map.of("persona", persona, "screen", screen, "medianMillis", median(), "longestMillis", longest(), "cpuMillis", cpu);
        }
    }

    @Test
    @Timeout(1_200)
    void screensInARealBrowser() throws IOException {
        RunningPenstock penstock = RunningPenstock.shared();
        try (Browsers browsers = new Browsers(penstock)) {
            List<Figure> opened = new ArrayList<>();
            List<Figure> clicked = new ArrayList<>();
            for (Person person : PEOPLE) {
                BrowserContext context = browsers.context();
                Page page = browsers.signIn(context, person.persona(), "/");
                context.addInitScript(WATCH_OPENING);
                person.screens().forEach(screen -> opened.add(measure(person.persona(), screen, () -> open(page, penstock, screen))));
                String elsewhere = person.screens().getLast();
                person.screens().forEach(screen -> clicked.add(measureClicks(page, person.persona(), screen, screen.equals(elsewhere) ? "Home" : elsewhere)));
                context.close();
            }
            say("opened, from the beginning of the navigation", opened);
            say("after a click", clicked);
            double kilobytes = kilobytesOfAnOpenPage(browsers);
            System.out.printf(Locale.ROOT, "portal: an open page: %,.0f KB of live heap (%d of them)%n", kilobytes, OPEN_PAGES);
            write(opened, clicked, kilobytes);
        }
    }

    private interface Way {

        double millis();
    }

    private Figure measure(String persona, String screen, Way way) {
        for (int i = 0; i < WARM_UP; i++) {
            way.millis();
        }
        long before = system.getProcessCpuTime();
        List<Double> millis = Stream.generate(way::millis).limit(ROUNDS).toList();
        return new Figure(persona, screen, millis, (system.getProcessCpuTime() - before) / 1e6 / ROUNDS);
    }

    /** The way back is not measured, but its CPU is: both are one click. */
    private Figure measureClicks(Page page, String persona, String screen, String elsewhere) {
        Figure both = measure(persona, screen, () -> {
            click(page, elsewhere);
            return click(page, screen);
        });
        return new Figure(persona, screen, both.millis(), both.cpu() / 2);
    }

    private static double open(Page page, RunningPenstock penstock, String screen) {
        Locator link = link(page, screen);
        String address = link.getAttribute("href");
        page.navigate(penstock.url("portal") + (address.startsWith("/") ? address : "/" + address));
        page.waitForFunction("() => window.penstockDrawn !== undefined");
        link(page, screen).waitFor();
        return ((Number) page.evaluate("() => window.penstockDrawn")).doubleValue();
    }

    private static double click(Page page, String screen) {
        return ((Number) link(page, screen).evaluate(CLICK, screen)).doubleValue();
    }

    private static Locator link(Page page, String screen) {
        return page.locator("#navigation a", new Page.LocatorOptions().setHasText(screen)).first();
    }

    private static double kilobytesOfAnOpenPage(Browsers browsers) {
        List<BrowserContext> contexts = new ArrayList<>();
        long before = liveHeap();
        for (int i = 0; i < OPEN_PAGES; i++) {
            BrowserContext context = browsers.context();
            contexts.add(context);
            link(browsers.signIn(context, "scientist", "/"), "Home").waitFor();
        }
        double each = (liveHeap() - before) / 1024.0 / OPEN_PAGES;
        contexts.forEach(BrowserContext::close);
        return each;
    }

    /** Twice, since what a first collection ends another one finds. */
    private static long liveHeap() {
        for (int i = 0; i < 2; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void say(String what, List<Figure> figures) {
        System.out.printf("portal: %s%n", what);
        figures.forEach(figure -> System.out.printf(Locale.ROOT, "portal:   %-10s %-20s median %,5.0f ms, longest %,5.0f ms, CPU of the programs %,4.0f ms%n",
                figure.persona(), figure.screen(), figure.median(), figure.longest(), figure.cpu()));
    }

    private static void write(List<Figure> opened, List<Figure> clicked, double kilobytes) throws IOException {
        if (!RESULTS.isEmpty()) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("rounds", ROUNDS);
            report.put("warmUp", "each screen " + WARM_UP + " times");
            report.put("opened", opened.stream().map(Figure::values).toList());
            report.put("clicked", clicked.stream().map(Figure::values).toList());
            report.put("liveHeapKilobytesPerOpenPage", kilobytes);
            Files.writeString(Path.of(RESULTS, "portal.json"), JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(report) + "\n");
        }
    }
}
