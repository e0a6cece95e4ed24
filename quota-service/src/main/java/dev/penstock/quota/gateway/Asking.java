package dev.penstock.quota.gateway;

import dev.penstock.contract.CallId;
import dev.penstock.quota.admission.Admission;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.CallPath;
import dev.penstock.quota.admission.Verdict;
import dev.penstock.quota.gateway.wire.Operation;
import dev.penstock.quota.grant.Holder;
import dev.penstock.quota.route.Route;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;

/** Steps 3 and 4: may they spend? The most it can cost is set aside on every limit, and the intent is durable. */
final class Asking {

    /** Beyond the total time: for the drain, and for whatever delays an event loop. After it the attempt is over for certain. */
    private static final Duration MARGIN = Duration.ofSeconds(60);

    private final Admission admission;
    private final Desk desk;
    private final Duration longest;
    private final GatewayMetrics metrics;

    Asking(Admission admission, Desk desk, GatewaySettings settings, GatewayMetrics metrics) {
        this.admission = admission;
        this.desk = desk;
        this.longest = settings.totalTime().plus(settings.drainTime()).plus(MARGIN);
        this.metrics = metrics;
    }

    /**
     * Fails with a {@link dev.penstock.quota.gateway.wire.Refusal}: 429, 503. Then nothing is set aside.
     *
     * @param number of the attempt, from 0
     */
    Future<Stage.Admitted> ask(Exchange exchange, Stage.Located located, int number) {
        Ask ask = ask(exchange.call(), located, number, exchange.sinceBegin().plus(longest));
        return verdict(exchange.context(), ask).map(verdict -> {
            if (verdict instanceof Verdict.Admitted admitted) {
                return new Stage.Admitted(located, ask, admitted);
            }
            count(verdict);
            throw Refusals.of(verdict, ask, exchange.dialect());
        });
    }

    private void count(Verdict no) {
        switch (no) {
            case Verdict.Refused refused -> metrics.refused(refused.meter());
            case Verdict.Unavailable unavailable -> metrics.shed(unavailable.reason());
            case Verdict.Unpriced unpriced -> { }
            case Verdict.Admitted admitted -> { }
        }
    }

    /** Whom memory can answer does not wait behind those who wait for the database. */
    private Future<Verdict> verdict(Context context, Ask ask) {
        return admission.fromMemory(ask)
                .map(verdict -> Future.fromCompletionStage(verdict, context))
                .orElseGet(() -> desk.submit(context, () -> admission.admit(ask)));
    }

    static Ask ask(CallId call, Stage.Located located, int number, Duration longest) {
        Instant ts = Ask.timeOf(call);
        Holder holder = located.asked().holder();
        Route route = located.route();
        return new Ask(
                call, number, ts,
                new Ask.Caller(holder.tenant(), holder.project(), holder.key(), holder.person()),
                new Ask.Target(route.endpoint(), route.model(), route.sku(), route.shared(), route.contextTokens(), located.egress(), located.asked().steered()),
                new Ask.Bound(located.bounds().input(), located.bounds().output(), located.wording().body().choices()),
                path(located.asked().operation()),
                ts.plus(longest));
    }

    private static CallPath path(Operation operation) {
        return switch (operation) {
            case CHAT -> CallPath.CHAT_COMPLETIONS;
            case COMPLETIONS -> CallPath.COMPLETIONS;
            case EMBEDDINGS -> CallPath.EMBEDDINGS;
            case RERANK -> CallPath.RERANK;
            case MESSAGES -> CallPath.MESSAGES;
            case RESPONSES -> CallPath.RESPONSES;
            case COUNT_TOKENS -> CallPath.COUNT_TOKENS;
        };
    }
}
