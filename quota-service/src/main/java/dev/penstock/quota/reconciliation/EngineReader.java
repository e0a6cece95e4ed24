package dev.penstock.quota.reconciliation;

import dev.penstock.quota.route.Route;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Asks engines for their counters. As with every vLLM, that needs no key; who may reach an engine at all is decided by the network. */
final class EngineReader {

    /** What came of asking. */
    sealed interface Told {
        record Counters(EngineCounters counters) implements Told {}

        record Silence(String why) implements Told {}
    }

    private final HttpClient http;
    private final ReconciliationSettings settings;

    EngineReader(HttpClient http, ReconciliationSettings settings) {
        this.http = http;
        this.settings = settings;
    }

    /** What each says; a few at the same time. */
    Map<Route, Told> read(List<Route> routes) {
        Map<Route, Told> told = new LinkedHashMap<>();
        for (int from = 0; from < routes.size(); from += settings.atOnce()) {
            List<Route> some = routes.subList(from, Math.min(routes.size(), from + settings.atOnce()));
            List<CompletableFuture<Told>> answers = some.stream().map(this::ask).toList();
            for (int i = 0; i < some.size(); i++) {
                told.put(some.get(i), answers.get(i).join());
            }
        }
        return told;
    }

    private CompletableFuture<Told> ask(Route route) {
        URI metrics = route.address().resolve("/metrics");
        HttpRequest request = HttpRequest.newBuilder(metrics).timeout(settings.timeout()).build();
        CompletableFuture<HttpResponse<String>> sent =
                http.sendAsync(request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), settings.mostAnswer().toBytes()));
        return sent.orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(EngineReader::told)
                .exceptionally(failure -> {
                    sent.cancel(true);
                    return new Told.Silence(words(failure));
                });
    }

    private static Told told(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            return new Told.Silence("it answered " + answer.statusCode());
        }
        return new Told.Counters(EngineCounters.parse(answer.body()));
    }

    private static String words(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof EngineCounters.Unreadable ? String.valueOf(cause.getMessage()) : "it did not answer: " + cause.getClass().getSimpleName();
    }
}
