package dev.penstock.quota.gateway;

import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/** Reads requests' bodies, up to a size and a time. */
final class Bodies {

    private final Vertx vertx;
    private final long most;
    private final long patienceMillis;

    Bodies(Vertx vertx, GatewaySettings settings) {
        this.vertx = vertx;
        this.most = settings.mostBody().toBytes();
        this.patienceMillis = settings.bodyTime().toMillis();
    }

    /** Fails with a {@link Refusal}: 400, 408, 413. */
    Future<byte[]> read(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        String encoding = request.getHeader("content-encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return refused(OpenAiError.invalid(null, "A body that is encoded as " + bounded(encoding) + " is not read; send it as it is."));
        }
        if (announced(request) > most) {
            return refused(OpenAiError.tooLarge(most));
        }
        Promise<byte[]> read = Promise.promise();
        Gathered body = new Gathered();
        long timer = vertx.setTimer(patienceMillis, id -> read.tryFail(new Refusal(OpenAiError.tooSlow())));
        request.handler(part -> {
            if (body.length() + part.length() > most) {
                read.tryFail(new Refusal(OpenAiError.tooLarge(most)));
            } else if (!read.future().isComplete()) {
                body.add(part.getBytes());
            }
        });
        request.endHandler(end -> read.tryComplete(body.bytes()));
        exchange.whenGone(() -> read.tryFail(new Refusal(OpenAiError.tooSlow())));
        request.resume();
        return read.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private static long announced(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String bounded(String text) {
        return text.length() <= 20 ? text : text.substring(0, 20);
    }

    private static Future<byte[]> refused(OpenAiError error) {
        return Future.failedFuture(new Refusal(error));
    }
}
