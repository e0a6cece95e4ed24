package dev.penstock.bench.subject;

import dev.penstock.bench.load.Address;
import dev.penstock.bench.load.Work;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The gateway of one quota-service, which runs. */
record Gateway(String name, Child child, int port, String key) implements Subject {

    @Override
    public Address address() {
        return new Address(port, key);
    }

    @Override
    public long[] pids() {
        return new long[] {child.pid()};
    }

    /** It knows the key, the route and the price, each by a copy of its own, a moment after they were made. */
    Gateway awaitFirstCall() {
        Patience.await("the first answer at the gateway of " + name, child, () -> call() == 200);
        return this;
    }

    private int call() {
        Work work = Work.chat(Penstock.MODEL);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + work.path()))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(work.body()))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("Stopped.", e);
        }
    }
}
