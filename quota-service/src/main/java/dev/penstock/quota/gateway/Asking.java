package dev.penstock.quota.gateway;

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
        Ask ask = ask(exchange, located, number, exchange.sinceBegin().plus(longest));
        return verdict(exchange.context(), ask).map(verdict -> switch (verdict) {
            case Verdict.Admitted admitted -> new Stage.Admitted(located, ask, admitted);
            case Verdict.Refused refused -> {
                metrics.refused(refused.meter());
                throw Refusals.of(refused, ask.ts(), exchange.dialect());
            }
            case Verdict.Unpriced unpriced -> throw Refusals.unpriced(located.route().model());
            case Verdict.Unavailable unavailable -> {
                metrics.shed(unavailable.reason());
                throw Refusals.unavailable();
            }
        });
    }

    /** Whom memory can answer does not wait behind those who wait for the database. */
    private Future<Verdict> verdict(Context context, Ask ask) {
        return admission.fromMemory(ask)
                .map(verdict -> Future.fromCompletionStage(verdict, context))
                .orElseGet(() -> desk.submit(context, () -> admission.admit(ask)));
    }

    private static Ask ask(Exchange exchange, Stage.Located located, int number, Duration longest) {
        Holder holder = located.asked().holder();
        Route route = located.route();
        return new Ask(
                exchange.call(), number, exchange.ts(),
                new Ask.Caller(holder.tenant(), holder.project(), holder.key(), holder.person()),
                new Ask.Target(route.endpoint(), route.model(), route.sku(), route.shared(), route.contextTokens(), located.egress(), located.asked().steered()),
                new Ask.Bound(located.bounds().input(), located.bounds().output(), located.asked().body().choices()),
                path(located.asked().operation()),
                exchange.ts().plus(longest));
    }

    private static CallPath path(Operation operation) {
        return switch (operation) {
            case CHAT -> CallPath.CHAT_COMPLETIONS;
            case COMPLETIONS -> CallPath.COMPLETIONS;
            case EMBEDDINGS -> CallPath.EMBEDDINGS;
            case MESSAGES -> CallPath.MESSAGES;
            case RESPONSES -> CallPath.RESPONSES;
            case COUNT_TOKENS -> CallPath.COUNT_TOKENS;
        };
    }
}
