package dev.penstock.quota.gateway;

import dev.penstock.contract.CallId;
import dev.penstock.quota.gateway.balance.RetryBudget;
import dev.penstock.quota.gateway.wire.Operation;
import dev.penstock.quota.gateway.wire.Refusal;
import dev.penstock.quota.grant.Holder;
import dev.penstock.quota.journal.Journal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The data path. What can be asked for stands in {@link Target}; a call to a model takes the six steps of {@link #call}. */
final class CallHandler implements Handler<HttpServerRequest> {

    private static final Logger log = LoggerFactory.getLogger(CallHandler.class);

    private static final int MOST_ATTEMPTS = 3;
    private static final String ANTHROPIC_VERSION = "anthropic-version";

    private final CallIds ids;
    private final Entrance entrance;
    private final Stopped stopped;
    private final Scope scope;
    private final Bodies bodies;
    private final Speaking speaking;
    private final Ways ways;
    private final Locating locating;
    private final UpstreamSlots slots;
    private final Asking asking;
    private final Forwarder forwarder;
    private final Journal journal;
    private final Models models;
    private final Live live;
    private final GatewayMetrics metrics;
    private final CallLog calls;
    private final Noting noting;
    private final Traces traces;
    private final RetryBudget retries = new RetryBudget();

    CallHandler(
            CallIds ids, Entrance entrance, Stopped stopped, Scope scope, Bodies bodies, Speaking speaking, Ways ways, Locating locating, UpstreamSlots slots, Asking asking,
            Forwarder forwarder, Journal journal,
            Models models, Live live, GatewayMetrics metrics, CallLog calls, Noting noting, Traces traces) {
        this.ids = ids;
        this.entrance = entrance;
        this.stopped = stopped;
        this.scope = scope;
        this.bodies = bodies;
        this.speaking = speaking;
        this.ways = ways;
        this.locating = locating;
        this.slots = slots;
        this.asking = asking;
        this.forwarder = forwarder;
        this.journal = journal;
        this.models = models;
        this.live = live;
        this.metrics = metrics;
        this.calls = calls;
        this.noting = noting;
        this.traces = traces;
    }

    @Override
    public void handle(HttpServerRequest request) {
        Context context = Vertx.currentContext();
        Target target = Target.of(request.method(), request.path() == null ? "" : request.path());
        CallId call = ids.next();
        CallTrace trace = target instanceof Target.Generate(Operation asked) ? traces.begin(asked, call.toString(), request::getHeader) : CallTrace.NONE;
        Exchange exchange = new Exchange(call, request, context, target.dialect(request.headers().contains(ANTHROPIC_VERSION)), trace);
        switch (target) {
            case Target.Generate(Operation operation) -> bounded(exchange, metrics.of(operation), holder -> call(exchange, operation, holder));
            case Target.ListModels list -> bounded(exchange, metrics.models(), holder -> answer(exchange, models.list(holder, exchange.dialect())));
            case Target.OneModel(String name) -> bounded(exchange, metrics.models(), holder -> answer(exchange, models.one(holder, name, exchange.dialect())));
            case Target.Nothing(var error) -> {
                exchange.refuse(error);
                ended(exchange, metrics.nothing());
            }
        }
    }

    /** Whatever is asked: not too many at once, and nobody unknown. */
    private void bounded(Exchange exchange, OperationMetrics counted, Function<Holder, Future<Void>> work) {
        if (!live.enter()) {
            metrics.shed(GatewayMetrics.Full.CALLS);
            exchange.refuse(Desk.overloaded());
            ended(exchange, counted);
            return;
        }
        entrance.identify(exchange)                                                        // 1 who is calling?
                .compose(holder -> {
                    exchange.course().identified(holder);
                    stopped.require(holder);
                    scope.require(holder, counted.operation(), exchange.request());
                    enter(holder);
                    return Future.succeededFuture(holder).compose(work).onComplete(done -> live.leave(holder));
                })
                .onFailure(failure -> refuse(exchange, failure, counted))
                .onComplete(done -> {
                    live.leave();
                    ended(exchange, counted);
                });
    }

    /** @throws Refusal 429 */
    private void enter(Holder holder) {
        try {
            live.enter(holder);
        } catch (Refusal tooMany) {
            metrics.shed(GatewayMetrics.Full.HOLDER);
            throw tooMany;
        }
    }

    private Future<Void> call(Exchange exchange, Operation operation, Holder holder) {
        retries.earn();
        return bodies.read(exchange)
                .compose(bytes -> speaking.understand(exchange, operation, holder, bytes))
                .onSuccess(exchange.course()::asked)
                .compose(asked -> first(exchange, ways.of(exchange.headers(), asked)));
    }

    /** A way that leads to nobody who could be told the call leads nowhere. */
    private Future<Void> first(Exchange exchange, List<Stage.Asked> wished) {
        Choices choices = locating.locate(exchange.headers(), wished);                     // 2 where does the model live?
        return worded(exchange, choices).transform(worded -> {
            if (worded.succeeded()) {
                return tried(exchange, choices, worded.result(), 0);
            }
            return isUnsayable(worded.cause()) && !choices.later().isEmpty() ? first(exchange, choices.later()) : Future.failedFuture(worded.cause());
        });
    }

    private Future<Void> attempt(Exchange exchange, Choices choices, int number) {
        return worded(exchange, choices).compose(located -> tried(exchange, choices, located, number));
    }

    private Future<Void> tried(Exchange exchange, Choices choices, Stage.Located located, int number) {
        return Future.succeededFuture(located)
                .compose(there -> asking.ask(exchange, there, number))                     // 3 may they spend? 4 the intent is written
                .onSuccess(admitted -> {
                    exchange.course().admitted();
                    exchange.trace().attemptBegins(admitted);
                    metrics.admitted(located.asked());
                })
                .compose(admitted -> forwarder.forward(exchange, admitted)                 // 5 forward, relay, read usage in passing
                        .map(outcome -> settle(exchange, admitted, outcome)))              // 6 settle
                .onComplete(done -> slots.leave(located.route()))
                .compose(outcome -> outcome.untold() == null ? Future.succeededFuture() : elsewhere(exchange, choices, number, outcome, outcome.untold()));
    }

    /** In words that its server understands. What cannot be said to one may be said to another; where none is left, the first one's reason counts. */
    private Future<Stage.Located> worded(Exchange exchange, Choices choices) {
        Stage.Placed placed = choices.next();
        exchange.course().placed(placed);
        return speaking.word(exchange, placed).recover(failure -> {
            slots.leave(placed.route());
            return isUnsayable(failure) && choices.more() ? worded(exchange, choices).recover(other -> Future.failedFuture(failure)) : Future.failedFuture(failure);
        });
    }

    private static boolean isUnsayable(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.error().status() == 400;
    }

    private Outcome settle(Exchange exchange, Stage.Admitted admitted, Outcome outcome) {
        exchange.course().attemptEnded(outcome.ending());
        exchange.trace().attemptEnded(outcome.ending());
        if (!journal.settle(outcome.ending().settlement(admitted.ask().attempt(), exchange.sinceBegin()))) {
            log.error("the end of call {} was not accepted; it will be settled at its bound", exchange.call());
        }
        return outcome;
    }

    /** Each attempt is set aside and settled by itself. Where another may not spend either, the client hears why the first failed. */
    private Future<Void> elsewhere(Exchange exchange, Choices choices, int number, Outcome outcome, Refusal untold) {
        Choices next = outcome.elsewhere() && number + 1 < MOST_ATTEMPTS ? left(exchange, choices) : null;
        if (next == null || !retries.spend()) {
            tell(exchange, untold);
            return Future.succeededFuture();
        }
        metrics.triedElsewhere();
        return attempt(exchange, next, number + 1).recover(failure -> {
            tell(exchange, failure instanceof Refusal ? untold : Refusals.of(failure, exchange.call()));
            return Future.succeededFuture();
        });
    }

    /** Those of the same way, then those of the next that leads anywhere: what a project wishes is no reason to fail. Null: there is nobody. */
    private @Nullable Choices left(Exchange exchange, Choices choices) {
        if (choices.more()) {
            return choices;
        }
        try {
            return choices.later().isEmpty() ? null : locating.locate(exchange.headers(), choices.later());
        } catch (Refusal nowhere) {
            return null;
        }
    }

    private void ended(Exchange exchange, OperationMetrics counted) {
        int status = status(exchange);
        counted.ended(status, exchange.sinceBegin());
        exchange.trace().ended(exchange.course(), status);
        calls.ended(() -> exchange.course().line(exchange, counted.operation(), status));
    }

    private static Future<Void> answer(Exchange exchange, byte[] body) {
        exchange.answer(200, body);
        return Future.succeededFuture();
    }

    /** Before anything was forwarded. */
    private void refuse(Exchange exchange, Throwable failure, OperationMetrics counted) {
        Refusal refusal = Refusals.of(failure, exchange.call());
        noting.refused(exchange, refusal, true, counted.operation());
        exchange.refuse(refusal);
    }

    /** After the model's server failed, whose words it may be. */
    private void tell(Exchange exchange, Refusal untold) {
        noting.refused(exchange, untold, false, exchange.course().operation());
        exchange.refuse(untold);
    }

    private static int status(Exchange exchange) {
        return exchange.gone() ? Ending.CLIENT_CLOSED : exchange.response().getStatusCode();
    }
}
