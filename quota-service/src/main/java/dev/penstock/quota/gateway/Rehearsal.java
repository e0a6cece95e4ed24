package dev.penstock.quota.gateway;

import dev.penstock.contract.CallId;
import dev.penstock.contract.quota.CallRefused;
import dev.penstock.contract.quota.KeyOperation;
import dev.penstock.contract.quota.RoutingStrategy;
import dev.penstock.contract.quota.Steered;
import dev.penstock.contract.quota.TriedTarget;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.Verdict;
import dev.penstock.quota.gateway.balance.Balancer;
import dev.penstock.quota.gateway.balance.Candidate;
import dev.penstock.quota.gateway.balance.Chance;
import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Operation;
import dev.penstock.quota.gateway.wire.Refusal;
import dev.penstock.quota.grant.Holder;
import dev.penstock.quota.upstream.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The steps of a call up to its admission, taken as {@link CallHandler} takes them, and nothing done. */
public final class Rehearsal {

    /** Never reached: nothing is asked to be set aside. */
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private final Stopped stopped;
    private final Speaking speaking;
    private final Ways ways;
    private final Locating locating;
    private final Balancer balancer;

    Rehearsal(Stopped stopped, Speaking speaking, Ways ways, Locating locating, Balancer balancer) {
        this.stopped = stopped;
        this.speaking = speaking;
        this.ways = ways;
        this.locating = locating;
        this.balancer = balancer;
    }

    /**
     * How far a call came.
     *
     * @param asked the name in its body; null: it could not be read
     * @param steered that something else was looked for; null: that name was
     * @param alias null: what was looked for is a model's own name, or nothing
     * @param targets in the order of their tiers
     * @param ask what admission would be asked; null: it is refused before
     * @param refused why; null: it is not
     */
    public record Rehearsed(
            @Nullable String asked, @Nullable Steered steered, @Nullable String alias, @Nullable RoutingStrategy strategy, List<TriedTarget> targets,
            @Nullable Ask ask, @Nullable CallRefused refused) {}

    /**
     * @param call an id made for this, of no call
     * @param asking not {@link KeyOperation#MODELS}
     * @param headers by name, in lower case
     */
    public Rehearsed rehearse(Holder holder, KeyOperation asking, byte[] body, Map<String, String> headers, CallId call) {
        Operation operation = operation(asking);
        Stage.@Nullable Asked asked = null;
        try {
            stopped.require(holder);
            Scope.require(holder.scope(), operation.name());
            asked = speaking.understood(call, operation, holder, body);
            return located(led(headers::get, ways.of(headers::get, asked), call), operation, call);
        } catch (Refusal no) {
            return new Rehearsed(asked == null ? null : OpenAiError.withoutKeys(asked.body().model()), null, null, null, List.of(), null, told(no, operation));
        }
    }

    /** As {@link CallHandler} has it: a way that leads to nobody who could be told the call leads nowhere. */
    private Locating.Found led(CallHeaders headers, List<Stage.Asked> wished, CallId call) {
        Locating.Found found = locating.find(headers, wished);
        Locating.Found told = new Locating.Found(
                found.asked(), found.alias(), found.session(), found.targets().stream().map(target -> sayable(target, call)).toList());
        List<Stage.Asked> others = wished.subList(wished.indexOf(found.asked()) + 1, wished.size());
        return told.able().isEmpty() && !found.able().isEmpty() && !others.isEmpty() ? led(headers, others, call) : told;
    }

    private Locating.Judged sayable(Locating.Judged target, CallId call) {
        Stage.Placed placed = target.placed();
        try {
            if (placed != null) {
                speaking.worded(call, placed);
            }
            return target;
        } catch (Refusal no) {
            return new Locating.Judged(target.target(), null, no);
        }
    }

    /** As the client is told of what admission says. */
    public static CallRefused told(Verdict no, Ask ask, KeyOperation asking) {
        Operation operation = operation(asking);
        return told(Refusals.of(no, ask, operation.dialect()), operation);
    }

    private static Operation operation(KeyOperation asking) {
        return Operation.valueOf(asking.name());
    }

    private static CallRefused told(Refusal no, Operation operation) {
        return new CallRefused(operation.dialect().status(no.error()), no.error().code(), no.error().message());
    }

    private Rehearsed located(Locating.Found found, Operation operation, CallId call) {
        Stage.Asked asked = found.asked();
        List<Candidate<Stage.Placed>> able = found.able();
        List<Chance<Stage.Placed>> chances = balancer.chances(able, found.strategy(), asked.body().stream(), found.session());
        Ask ask = chances.stream()
                .max(Comparator.<Chance<Stage.Placed>>comparingDouble(Chance::share))
                .map(first -> Asking.ask(call, speaking.worded(call, first.candidate().what()), 0, DEADLINE))
                .orElse(null);
        return new Rehearsed(
                asked.body().model(), asked.steered(), found.alias() == null ? null : asked.name(), found.alias() == null ? null : found.strategy(),
                targets(found, chances, operation), ask, ask == null ? told(Objects.requireNonNull(found.targets().getFirst().no()), operation) : null);
    }

    private static List<TriedTarget> targets(Locating.Found found, List<Chance<Stage.Placed>> chances, Operation operation) {
        List<TriedTarget> targets = new ArrayList<>();
        int next = 0;
        for (Locating.Judged judged : found.targets()) {
            Refusal no = judged.no();
            targets.add(target(judged, no == null ? chances.get(next++) : null, no == null ? null : told(no, operation)));
        }
        targets.sort(Comparator.comparingInt(TriedTarget::tier));
        return List.copyOf(targets);
    }

    private static TriedTarget target(Locating.Judged judged, @Nullable Chance<Stage.Placed> chance, @Nullable CallRefused no) {
        Upstream upstream = judged.target().route().upstream();
        return new TriedTarget(
                judged.target().route().model(), judged.target().route().endpoint(), upstream == null ? null : upstream.name(), judged.target().tier(), judged.target().weight(),
                chance == null ? TriedTarget.Standing.IN : TriedTarget.Standing.valueOf(chance.state().name()), chance == null ? 0 : chance.underWay(),
                chance == null || chance.usual().isEmpty() ? null : TimeUnit.NANOSECONDS.toMillis(chance.usual().getAsLong()),
                chance == null ? 0 : (int) Math.round(100 * chance.share()), no);
    }
}
