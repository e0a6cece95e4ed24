package dev.penstock.standalone.demo;

import java.io.PrintStream;
import java.util.Locale;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/** Runs steps one after the other and prints a line for each: what was done, what was seen, how long it took. */
final class Stage {

    private static final int LONGEST_REASON = 300;

    private final PrintStream out;
    private int steps;
    private int failed;

    Stage(PrintStream out) {
        this.out = out;
    }

    /** What one step does. It answers what was seen; what it throws makes the step fail, and the next one is played all the same. */
    @FunctionalInterface
    interface Step {
        String play();
    }

    void step(String what, Step step) {
        steps++;
        long begin = System.nanoTime();
        try {
            String seen = step.play();
            line("ok", begin, what + ": " + seen);
        } catch (Missing | Unexpected e) {
            failed(begin, what, String.valueOf(e.getMessage()));
        } catch (RestClientResponseException e) {
            failed(begin, what, "answered " + e.getStatusCode().value() + " " + e.getResponseBodyAsString());
        } catch (RestClientException | java.io.UncheckedIOException | IllegalStateException e) {
            failed(begin, what, String.valueOf(e));
        }
    }

    /** Something to look at within a step. */
    void show(String text) {
        out.print(text);
        out.flush();
    }

    int end() {
        out.printf("%ndemo: %d steps, %d failed%n", steps, failed);
        return failed;
    }

    private void failed(long begin, String what, String reason) {
        failed++;
        line("FAILED", begin, what + ": " + (reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) + " …" : reason));
    }

    private void line(String outcome, long begin, String text) {
        out.printf(Locale.ROOT, "%3d  %-6s %5.1f s  %s%n", steps, outcome, (System.nanoTime() - begin) / 1e9, text);
    }
}
