package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.wire.Operation;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.vertx.core.http.RequestOptions;
import org.jspecify.annotations.Nullable;

/** The spans of one call: its own, and one for each attempt. Belongs to its call's event loop. */
final class CallTrace {

    /** Of a call that has none. */
    static final CallTrace NONE = new CallTrace(null, Operation.CHAT, Span.getInvalid());

    private final @Nullable Tracer tracer;
    private final Operation operation;
    private final Span call;
    private Span attempt = Span.getInvalid();

    /** @param tracer null: there are no spans */
    CallTrace(@Nullable Tracer tracer, Operation operation, Span call) {
        this.tracer = tracer;
        this.operation = operation;
        this.call = call;
    }

    void attemptBegins(Stage.Admitted admitted) {
        if (tracer != null && call.isRecording()) {
            attempt = tracer.spanBuilder(GenAi.operation(operation) + " " + admitted.located().route().servedModel())
                    .setSpanKind(SpanKind.CLIENT)
                    .setParent(Context.root().with(call))
                    .startSpan();
            GenAi.began(attempt, admitted);
        }
    }

    /** Lets an engine of ours go on with the trace. */
    void tell(RequestOptions request) {
        if (attempt.getSpanContext().isValid()) {
            W3CTraceContextPropagator.getInstance().inject(Context.root().with(attempt), request, (to, name, value) -> {
                if (to != null) {
                    to.putHeader(name, value);
                }
            });
        }
    }

    void attemptEnded(Ending how) {
        if (attempt.isRecording()) {
            GenAi.ended(attempt, how);
            attempt.end();
        }
    }

    void ended(Course course, int status) {
        if (call.isRecording()) {
            GenAi.ended(call, operation, course.holder(), course.route(), status);
            call.end();
        }
    }
}
