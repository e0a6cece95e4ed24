package dev.penstock.quota.gateway;

import dev.penstock.contract.quota.Egress;
import dev.penstock.contract.quota.RoutingStrategy;
import dev.penstock.contract.quota.UpstreamDialect;
import dev.penstock.quota.alias.Alias;
import dev.penstock.quota.gateway.balance.Balancer;
import dev.penstock.quota.gateway.balance.Candidate;
import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Operation;
import dev.penstock.quota.gateway.wire.Refusal;
import dev.penstock.quota.grant.Callee;
import dev.penstock.quota.grant.Grants;
import dev.penstock.quota.grant.Holder;
import dev.penstock.quota.route.Route;
import dev.penstock.quota.upstream.Upstream;
import dev.penstock.quota.upstream.Upstreams;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Step 2: where does the model live? */
final class Locating {

    /** Calls that name the same belong together, for aliases that keep sessions at one target; without it, those whose prompts begin alike. */
    static final String SESSION_HEADER = "x-penstock-session";

    private static final Map<String, String> SOON = Retry.after(Duration.ofSeconds(5));
    private static final int LONGEST_NAME = 300;

    /** The engine that counts a whole conversation, with what its template adds. */
    private static final String COUNTS_BY_TEMPLATE = "vllm";

    private final Grants grants;
    private final Upstreams upstreams;
    private final Balancer balancer;
    private final UpstreamSlots slots;
    private final Stopped stopped;

    Locating(Grants grants, Upstreams upstreams, Balancer balancer, UpstreamSlots slots, Stopped stopped) {
        this.grants = grants;
        this.upstreams = upstreams;
        this.balancer = balancer;
        this.slots = slots;
        this.stopped = stopped;
    }

    /**
     * Those that can answer by the first way that leads anywhere.
     *
     * @param ways what the call may become, the last one what was asked
     * @throws Refusal 400, 403, 404, 503: what is said of the last one's first target where none does
     */
    Choices locate(CallHeaders headers, List<Stage.Asked> ways) {
        Found found = find(headers, ways).orRefuse();
        Predicate<Stage.Placed> allowed = placed -> mayStill(found, placed);
        return new Choices(
                balancer, slots, found.strategy(), found.session(), allowed, found.able(), ways.subList(ways.indexOf(found.asked()) + 1, ways.size()));
    }

    /** Before another attempt, since what was asked may have changed while the first was under way. */
    private boolean mayStill(Found found, Stage.Placed placed) {
        Holder holder = found.asked().holder();
        Egress egress = placed.egress();
        return grants.mayCall(holder, placed.route())
                && !stopped.isStopped(holder) && !stopped.isStopped(found.asked().name()) && !stopped.isStopped(placed.route().model())
                && (egress == null || upstreams.classOf(holder.tenant(), holder.project()).filter(egress.dataClass()::equals).isPresent());
    }

    /** As {@link #locate}; where no target of the last way can answer, it is found all the same. */
    Found find(CallHeaders headers, List<Stage.Asked> ways) {
        for (Stage.Asked way : ways.subList(0, ways.size() - 1)) {
            try {
                return find(headers, way).orRefuse();
            } catch (Refusal no) {
                continue;
            }
        }
        return find(headers, ways.getLast());
    }

    private Found find(CallHeaders headers, Stage.Asked asked) {
        // Again: its body may have taken its time.
        stopped.require(asked.holder());
        String name = asked.name();
        if (name.length() > LONGEST_NAME) {
            throw new Refusal(OpenAiError.noSuchModel(name.substring(0, LONGEST_NAME) + "…"));
        }
        Callee callee = grants.callee(asked.holder(), name).orElseThrow(() -> new Refusal(OpenAiError.noSuchModel(name)));
        stopped.require(name);
        return new Found(asked, callee.alias(), session(headers, asked), callee.targets().stream().map(target -> judged(asked, callee, target)).toList());
    }

    private Judged judged(Stage.Asked asked, Callee callee, Callee.Target target) {
        try {
            stopped.require(target.route().model());
            return new Judged(target, placed(asked, target.route(), askedAs(asked, callee, target)), null);
        } catch (Refusal no) {
            return new Judged(target, null, no);
        }
    }

    /**
     * What a name stands for.
     *
     * @param alias null: it is a model's own
     * @param session what calls that belong together share
     * @param targets one or more
     */
    record Found(Stage.Asked asked, @Nullable Alias alias, long session, List<Judged> targets) {

        /** Those that can answer. */
        List<Candidate<Stage.Placed>> able() {
            return targets.stream().flatMap(target -> target.candidate().stream()).toList();
        }

        /** @throws Refusal what is said of the first target where none can answer */
        Found orRefuse() {
            if (targets.stream().allMatch(target -> target.placed() == null)) {
                throw Objects.requireNonNull(targets.getFirst().no());
            }
            return this;
        }

        RoutingStrategy strategy() {
            return alias == null ? RoutingStrategy.WEIGHTED : alias.strategy();
        }
    }

    /**
     * @param placed null: it cannot answer
     * @param no why; null: it can
     */
    record Judged(Callee.Target target, Stage.@Nullable Placed placed, @Nullable Refusal no) {

        Optional<Candidate<Stage.Placed>> candidate() {
            return Optional.ofNullable(placed).map(at -> new Candidate<>(at, target.route().endpoint(), target.tier(), target.weight()));
        }
    }

    /** As a receipt tells it. By which rule it came to that name the model's word in the same row tells. */
    private static String askedAs(Stage.Asked asked, Callee callee, Callee.Target target) {
        return callee.alias() == null ? "model " + asked.name() : "alias " + asked.name() + ", tier " + target.tier();
    }

    private Stage.Placed placed(Stage.Asked asked, Route route, String askedAs) {
        String name = asked.name();
        boolean messages = route.dialect() == UpstreamDialect.ANTHROPIC;
        if (!route.tasks().contains(asked.operation().task()) || messages && !asked.operation().isConversation()) {
            throw new Refusal(OpenAiError.invalid("model", "The model `" + name + "` does not answer " + asked.operation().path() + "."));
        }
        if (asked.operation() == Operation.COUNT_TOKENS && !messages && !route.engine().equalsIgnoreCase(COUNTS_BY_TEMPLATE)) {
            throw new Refusal(OpenAiError.invalid("model", "The server of the model `" + name + "` cannot say beforehand how many tokens a call has."));
        }
        if (!route.serving() || route.engineKey() == null) {
            throw new Refusal(OpenAiError.unavailable("model_not_ready", "The model `" + name + "` is not running now."), SOON);
        }
        return new Stage.Placed(asked, route, egress(asked, route, askedAs));
    }

    /** @throws Refusal 404, 503 */
    private @Nullable Egress egress(Stage.Asked asked, Route route, String askedAs) {
        Upstream upstream = route.upstream();
        if (upstream == null) {
            return null;
        }
        if (upstreams.addresses(upstream).isEmpty()) {
            throw new Refusal(OpenAiError.unavailable("model_not_ready", "The model's server cannot be reached now."), SOON);
        }
        return upstreams.classOf(asked.holder().tenant(), asked.holder().project())
                // What the receipt will say is what was asked.
                .filter(present -> upstream.takes(route.model(), present))
                .map(present -> new Egress(upstream.name(), Math.toIntExact(upstream.version()), present, askedAs))
                .orElseThrow(() -> new Refusal(OpenAiError.noSuchModel(asked.name())));
    }

    /** A session is one project's. */
    private static long session(CallHeaders headers, Stage.Asked asked) {
        String named = headers.get(SESSION_HEADER);
        return Objects.hash(asked.holder().project(), named == null ? asked.body().beginning() : named);
    }
}
