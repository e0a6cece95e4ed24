package dev.penstock.standalone.program;

import dev.penstock.standalone.machine.StartFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks applications whether they are well, as a cluster's probes do. */
public final class Health implements AutoCloseable {

    private static final Duration BETWEEN_ASKING = Duration.ofMillis(150);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final CountDownLatch stopping;

    /** @param stopping counted down when waiting has become pointless */
    public Health(CountDownLatch stopping) {
        this.stopping = stopping;
    }

    /**
     * Waits until the application at an address is well.
     *
     * @param patience how long; null to wait as long as it takes
     * @throws StartFailure when patience ends, or the launcher is being stopped
     */
    public void await(String name, URI address, Path log, @Nullable Duration patience) {
        long deadline = patience == null ? Long.MAX_VALUE : System.nanoTime() + patience.toNanos();
        String answer = ask(address);
        while (!answer.isEmpty()) {
            if (patience != null && System.nanoTime() - deadline > 0) {
                throw new StartFailure(name + " did not become healthy within " + patience.toSeconds() + " s (" + answer + "): its log is " + log + ".");
            }
            pause();
            answer = ask(address);
        }
    }

    /** Empty when it is well, otherwise what it said. */
    private String ask(URI address) {
        try {
            HttpRequest request = HttpRequest.newBuilder(address.resolve("/actuator/health")).timeout(Duration.ofSeconds(5)).build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? "" : "it answers " + response.statusCode() + " " + response.body().strip();
        } catch (IOException e) {
            return "it does not answer";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Stopped while waiting for " + address + ".", e);
        }
    }

    private void pause() {
        try {
            if (stopping.await(BETWEEN_ASKING.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StartFailure("Stopped before everything was ready.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Stopped before everything was ready.", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
