package dev.penstock.ui.fakes;

import dev.penstock.contract.ModelTask;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.EndpointDetail;
import dev.penstock.contract.platform.EndpointState;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.platform.ModelFit;
import dev.penstock.contract.platform.ModelView;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.contract.quota.BilledMeter;
import dev.penstock.contract.quota.KeyRotation;
import dev.penstock.contract.quota.KeySecret;
import dev.penstock.contract.quota.KeyView;
import dev.penstock.contract.quota.PriceBookView;
import dev.penstock.contract.quota.PriceSpec;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Four models, endpoints in several states, keys, and one price book. */
final class ModelShowcase {

    private static final long GIB = 1L << 30;
    private static final long OVERHEAD = 2 * GIB;

    private final FakeServices services;
    private final FakeModels fakes;
    private final Instant now;

    private ModelShowcase(FakeServices services, Instant now) {
        this.services = services;
        this.fakes = services.models;
        this.now = now;
    }

    static void fill(FakeServices services, Instant now) {
        var showcase = new ModelShowcase(services, now);
        showcase.models();
        showcase.prices();
        showcase.endpoints();
        showcase.keys();
    }

    private void models() {
        model("bge-m3", "BGE-M3", "BAAI", "Embeddings of text in more than a hundred languages.", ModelTask.EMBEDDINGS, 567_754_752L, 8_192, null, "MIT", true, true);
        model("bge-reranker-v2-m3", "BGE Reranker v2 M3", "BAAI", "Says how well documents answer a question.", ModelTask.RERANK, 567_755_777L, 8_192, null, "Apache-2.0", true, false);
        model("mistral-large-2407", "Mistral Large 2", "Mistral AI", "A large model for chat; its licence forbids commercial use.", ModelTask.CHAT, 122_610_069_504L, 131_072, 360_448L, "Mistral Research", false, false);
        model("qwen2.5-32b-instruct", "Qwen2.5 32B Instruct", "Qwen", "Chat and translation, stronger and slower.", ModelTask.CHAT, 32_763_876_352L, 32_768, 262_144L, "Apache-2.0", true, false);
        model("qwen2.5-7b-instruct", "Qwen2.5 7B Instruct", "Qwen", "Chat and translation; fits a small part of a GPU.", ModelTask.CHAT, 7_615_616_512L, 32_768, 57_344L, "Apache-2.0", true, true);
    }

    private void model(
            String id, String name, String publisher, String summary, ModelTask task, long parameters, long context, @Nullable Long kv, String licence,
            boolean commercial, boolean confirmed) {
        long weights = 2 * parameters;
        fakes.models.put(id, new ModelView(
                id, name, publisher, summary, List.of(task), parameters, parameters, context, kv, weights, "BF16", licence, commercial, confirmed,
                "The publisher's model card and config.json, read in November 2026.",
                services.profiles.stream()
                        .map(profile -> fit(profile, weights, kv == null ? 0 : kv, context))
                        .sorted(Comparator.comparing(ModelFit::fits, Comparator.reverseOrder()))
                        .toList()));
    }

    private static ModelFit fit(SliceProfileView profile, long weights, long kv, long context) {
        long usable = profile.memoryMib() * (1L << 20) * 9 / 10;
        long left = usable - weights - OVERHEAD;
        boolean fits = left > 0;
        long longest = fits ? kv == 0 ? context : Math.min(context, left / kv) : 0;
        int sequences = fits ? kv == 0 ? 64 : (int) (left / (kv * context)) : 0;
        return new ModelFit(profile.id(), fits, usable, weights, OVERHEAD, left, longest, sequences, profile.free(), fits ? "fits" : "does not fit");
    }

    private void prices() {
        fakes.books.add(new PriceBookView(
                1, "EUR", now.minus(Duration.ofDays(30)), null, "admin", now.minus(Duration.ofDays(31)),
                List.of(
                        new PriceSpec("qwen2.5-7b-instruct", BilledMeter.INPUT, BigInteger.valueOf(150_000)),
                        new PriceSpec("qwen2.5-7b-instruct", BilledMeter.CACHE_READ, BigInteger.valueOf(15_000)),
                        new PriceSpec("qwen2.5-7b-instruct", BilledMeter.CACHE_WRITE, BigInteger.valueOf(150_000)),
                        new PriceSpec("qwen2.5-7b-instruct", BilledMeter.OUTPUT, BigInteger.valueOf(600_000)),
                        new PriceSpec("h100-80.1g.10gb", BilledMeter.SLICE_SECOND, BigInteger.valueOf(120_000_000)),
                        new PriceSpec("h100-80.2g.20gb", BilledMeter.SLICE_SECOND, BigInteger.valueOf(233_333_333)),
                        new PriceSpec("h100-80.3g.40gb", BilledMeter.SLICE_SECOND, BigInteger.valueOf(383_333_333)),
                        new PriceSpec("h100-80.7g.80gb", BilledMeter.SLICE_SECOND, BigInteger.valueOf(805_555_556)))));
    }

    private void endpoints() {
        endpoint(1, Ids.PLATFORM, Ids.MODELS, "qwen2.5-7b-instruct", "qwen2.5-7b-instruct", "h100-80.2g.20gb", true, EndpointState.READY, null, null, false);
        endpoint(2, Ids.RESEARCH, Ids.VISION, "summarise-7b", "qwen2.5-7b-instruct", "h100-80.2g.20gb", false, EndpointState.READY, null, null, true);
        endpoint(3, Ids.RESEARCH, Ids.VISION, "translate-32b", "qwen2.5-32b-instruct", "h100-80.7g.80gb", false, EndpointState.STARTING, "loading the weights", 62, true);
        endpoint(4, Ids.RESEARCH, Ids.VISION, "search-eu", "bge-m3", "h100-80.1g.10gb", false, EndpointState.STOPPED, null, null, true);
        endpoint(5, Ids.RESEARCH, Ids.VISION, "long-32b", "qwen2.5-32b-instruct", "h200-141.whole", false, EndpointState.FAILED, "the engine ended: out of memory while the weights were loaded", null, true);
        endpoint(6, Ids.RISK, Ids.SCORING, "score-7b", "qwen2.5-7b-instruct", "h100-80.2g.20gb", false, EndpointState.READY, null, null, true);
        fakes.log.addAll(List.of(
                "INFO 11-20 14:31:10 engine: model weights are read from the cache",
                "Loading safetensors checkpoint shards:  50% Completed | 4/8",
                "Loading safetensors checkpoint shards:  62% Completed | 5/8 <b>not markup</b>"));
    }

    private void endpoint(
            int number, TenantId tenant, ProjectId project, String name, String model, String profile, boolean shared, EndpointState state,
            @Nullable String reason, @Nullable Integer progress, boolean mayChange) {
        Instant started = now.minus(state == EndpointState.STARTING ? Duration.ofSeconds(49) : Duration.ofHours(20));
        boolean ready = state == EndpointState.READY;
        String projectName = project.equals(Ids.MODELS) ? "models" : project.equals(Ids.VISION) ? "research-vision" : "risk-scoring";
        var view = new EndpointView(
                Ids.endpoint(number), tenant, tenant.equals(Ids.PLATFORM) ? "platform" : tenant.equals(Ids.RISK) ? "risk" : "research", project, projectName,
                name, shared ? name : projectName + "/" + name, model, FakeServices.found(fakes.models.get(model)).name(), "vLLM", profile, 8_192, shared, state, reason,
                progress, state == EndpointState.STOPPED ? null : Ids.slice(60 + number), Ids.request(60 + number),
                state == EndpointState.STOPPED ? null : "gpu-02", started.plusSeconds(30), started, ready ? started.plusSeconds(74) : null,
                tenant.equals(Ids.PLATFORM) ? "admin" : "scientist", now.minus(Duration.ofDays(3)), mayChange);
        fakes.endpoints.put(view.id(), new EndpointDetail(view, timeline(view, started), events(view), "penstock-" + project));
    }

    private static List<EndpointDetail.Step> timeline(EndpointView view, Instant at) {
        var steps = new ArrayList<EndpointDetail.Step>();
        steps.add(new EndpointDetail.Step(at, EndpointState.QUEUED, "Approved by policy"));
        steps.add(new EndpointDetail.Step(at.plusMillis(400), null, view.profile() + " set aside"));
        steps.add(new EndpointDetail.Step(at.plusSeconds(3), EndpointState.STARTING, "Scheduled on gpu-02"));
        steps.add(new EndpointDetail.Step(at.plusSeconds(12), null, "Image pulled"));
        switch (view.state()) {
            case READY -> steps.add(new EndpointDetail.Step(at.plusSeconds(74), EndpointState.READY, "Ready in 74 s"));
            case STARTING -> steps.add(new EndpointDetail.Step(at.plusSeconds(14), null, "Loading the weights"));
            case STOPPED -> steps.add(new EndpointDetail.Step(at.plusSeconds(4_000), EndpointState.STOPPED, "Stopped by scientist"));
            case FAILED -> steps.add(new EndpointDetail.Step(at.plusSeconds(40), EndpointState.FAILED, "The engine ended: out of memory"));
            default -> {}
        }
        return steps;
    }

    private List<EndpointDetail.ClusterEvent> events(EndpointView view) {
        return view.state() == EndpointState.STOPPED
                ? List.of()
                : List.of(
                        new EndpointDetail.ClusterEvent(now.minusSeconds(30), true, "Unhealthy", "Startup probe failed: HTTP probe failed with statuscode: 503", 4),
                        new EndpointDetail.ClusterEvent(now.minusSeconds(37), false, "Pulled", "Container image is present on the machine", 1));
    }

    private void keys() {
        key(1, "notebook", KeyView.State.ACTIVE, Duration.ofMinutes(3), null, null);
        key(2, "batch-eu", KeyView.State.ACTIVE, null, Duration.ofDays(12), List.of("research-vision/summarise-7b"));
        key(3, "old-laptop", KeyView.State.REVOKED, Duration.ofDays(9), null, null);
        key(4, "pilot", KeyView.State.EXPIRED, Duration.ofDays(40), Duration.ofDays(-30), null);
        key(5, "reports", KeyView.State.ACTIVE, Duration.ofHours(2), null, null);
        fakes.keys().rotate(Ids.RESEARCH, Ids.key(5), new KeyRotation(Duration.ofDays(6).toSeconds()));
    }

    private void key(int number, String name, KeyView.State state, @Nullable Duration usedAgo, @Nullable Duration expires, @Nullable List<String> models) {
        boolean revoked = state == KeyView.State.REVOKED;
        boolean narrowed = models != null;
        fakes.keys.put(Ids.key(number), new KeyView(
                Ids.key(number), Ids.RESEARCH, "research", Ids.VISION, "research-vision", name, "psk_3h8r2w6t" + number + "b5n0c4", state, "scientist",
                now.minus(Duration.ofDays(60)), expires == null ? null : now.plus(expires), revoked ? now.minus(Duration.ofDays(8)) : null,
                revoked ? "scientist" : null, usedAgo == null ? null : now.minus(usedAgo), models,
                narrowed ? List.of("chat", "models") : null, narrowed ? List.of("10.2.0.0/16", "192.0.2.7/32") : null,
                narrowed ? "Summaries of the night, on the batch machines" : null,
                state == KeyView.State.ACTIVE ? List.of(new KeySecret("psk_3h8r2w6t" + number + "b5n0c4", now.minus(Duration.ofDays(60)), null, usedAgo == null ? null : now.minus(usedAgo))) : List.of(),
                true, state == KeyView.State.ACTIVE));
    }
}
