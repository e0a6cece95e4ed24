package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.wire.Operation;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes the spans of calls and hands them on. Whoever takes them may be slow, dead or lying: what finds the queue full is dropped and counted, what is not
 * taken is counted, and no call waits.
 */
final class Traces implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int BATCH = 512;
    private static final TextMapGetter<CallHeaders> HEADERS = new TextMapGetter<>() {

        @Override
        public Iterable<String> keys(CallHeaders headers) {
            return List.of();
        }

        @Override
        public @Nullable String get(@Nullable CallHeaders headers, String name) {
            return headers == null ? null : headers.get(name);
        }
    };

    private final @Nullable SdkTracerProvider provider;
    private final @Nullable Tracer tracer;
    private final SpanSettings settings;

    private Traces(@Nullable SdkTracerProvider provider, SpanSettings settings) {
        this.provider = provider;
        this.tracer = provider == null ? null : provider.get("dev.penstock.quota.gateway");
        this.settings = settings;
    }

    static Traces of(SpanSettings settings, GatewayMetrics metrics) {
        return settings.endpoint() == null
                ? new Traces(null, settings)
                : to(OtlpHttpSpanExporter.builder().setEndpoint(settings.endpoint().toString()).setTimeout(settings.patience()).build(), settings, metrics);
    }

    static Traces to(SpanExporter collector, SpanSettings settings, GatewayMetrics metrics) {
        AtomicInteger waiting = new AtomicInteger();
        // Never full by itself: who may enter is asked before.
        SpanProcessor batches = BatchSpanProcessor.builder(new Counted(collector, waiting, metrics))
                .setMaxQueueSize(settings.queue() + BATCH)
                .setMaxExportBatchSize(Math.min(BATCH, settings.queue()))
                .setScheduleDelay(EVERY)
                .setExporterTimeout(settings.patience())
                .build();
        return new Traces(
                SdkTracerProvider.builder()
                        .setResource(Resource.builder().put("service.name", "penstock-quota-service").build())
                        .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.share())))
                        .addSpanProcessor(new Entering(batches, waiting, settings.queue(), metrics))
                        .build(),
                settings);
    }

    CallTrace begin(Operation operation, String call, CallHeaders headers) {
        if (tracer == null) {
            return CallTrace.NONE;
        }
        Context parent = settings.trustCallers() ? W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, HEADERS) : Context.root();
        Span span = tracer.spanBuilder(GenAi.operation(operation)).setSpanKind(SpanKind.SERVER).setParent(parent).startSpan();
        if (span.isRecording()) {
            GenAi.began(span, operation, call);
        }
        return new CallTrace(tracer, operation, span);
    }

    /** What waits is told, for as long as a collector has. */
    @Override
    public void close() {
        if (provider != null) {
            provider.shutdown().join(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Lets so many in as may wait. */
    private record Entering(SpanProcessor batches, AtomicInteger waiting, int most, GatewayMetrics metrics) implements SpanProcessor {

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {
            batches.onStart(parent, span);
        }

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            if (!span.getSpanContext().isSampled()) {
                return;
            }
            if (waiting.incrementAndGet() > most) {
                waiting.decrementAndGet();
                metrics.spansLost(1);
            } else {
                batches.onEnd(span);
            }
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }

        @Override
        public CompletableResultCode shutdown() {
            return batches.shutdown();
        }

        @Override
        public CompletableResultCode forceFlush() {
            return batches.forceFlush();
        }
    }

    /** Says what was not taken. */
    private record Counted(SpanExporter collector, AtomicInteger waiting, GatewayMetrics metrics) implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            int count = spans.size();
            CompletableResultCode told = collector.export(spans);
            told.whenComplete(() -> {
                waiting.addAndGet(-count);
                if (!told.isSuccess()) {
                    metrics.spansLost(count);
                }
            });
            return told;
        }

        @Override
        public CompletableResultCode flush() {
            return collector.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return collector.shutdown();
        }
    }
}
