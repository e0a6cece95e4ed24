package dev.penstock.standalone.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the simulated engines themselves wrote down of each call, asked of each at its pod's address: no program of ours has a hand in it. */
final class EngineLog {

    /** @param input tokens of the prompt that were read */
    record Entry(String call, String state, long input, long output) {

        /** Of a call that never reached an engine. */
        static final Entry NOTHING = new Entry("", "never begun", 0, 0);
    }

    private static final Pattern AT_WORK = Pattern.compile("^vllm:num_requests_(?:running|waiting)\\{[^}]*} (\\S+)$", Pattern.MULTILINE);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private EngineLog() {}

    /** By call id. A call is tried once. */
    static Map<String, Entry> read(RunningPenstock penstock) {
        Map<String, Entry> entries = new HashMap<>();
        engines(penstock).flatMap(EngineLog::entries).forEach(entry -> {
            if (entries.put(entry.call(), entry) != null) {
                throw new AssertionError("the engines saw call " + entry.call() + " twice");
            }
        });
        return entries;
    }

    /** Calls that the engines are working on and of which they produced so many tokens. */
    static long running(RunningPenstock penstock, long tokens) {
        return engines(penstock).flatMap(EngineLog::entries).filter(entry -> entry.state().equals("running") && entry.output() >= tokens).count();
    }

    /** Calls that the engines are working on, or that wait for their turn there; told by vLLM's own metrics, which cost little to ask for. */
    static long atWork(RunningPenstock penstock) {
        return engines(penstock).mapToLong(address -> AT_WORK.matcher(ask(address, "/metrics")).results().mapToLong(found -> (long) Double.parseDouble(found.group(1))).sum()).sum();
    }

    private static Stream<String> engines(RunningPenstock penstock) {
        List<JsonNode> pods = penstock.cluster("/api/v1/pods").get("items").valueStream().toList();
        return pods.stream()
                .filter(pod -> pod.at("/spec/containers/0/command").toString().contains("vllm") || pod.at("/spec/containers/0/args").toString().contains("serve"))
                .filter(pod -> pod.at("/status/phase").asString("").equals("Running"))
                .map(pod -> pod.at("/status/podIP").asString());
    }

    private static Stream<Entry> entries(String address) {
        return JsonMapper.shared().readTree(ask(address, "/simulator/log")).get("calls").valueStream().map(entry -> new Entry(
                entry.get("call").asString(), entry.get("state").asString(), entry.get("prompt").asLong(), entry.get("completion").asLong()));
    }

    private static String ask(String address, String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + ":8000" + path)).build();
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
