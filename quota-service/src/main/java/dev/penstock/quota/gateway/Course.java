package dev.penstock.quota.gateway;

import dev.penstock.quota.grant.Holder;
import dev.penstock.quota.journal.Counts;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What became known of a call on its way. Belongs to its call's event loop. */
final class Course {

    private @Nullable Holder holder;
    private @Nullable String asked;
    /** Of a route; never what a client wrote. */
    private @Nullable String model;
    private String operation = "";
    private int attempts;
    private @Nullable Duration firstByte;
    private Counts.@Nullable Read counted;

    void identified(Holder by) {
        holder = by;
    }

    void asked(Stage.Asked call) {
        asked = call.body().model();
        operation = call.operation().name();
    }

    /** Empty: not known yet. */
    String operation() {
        return operation;
    }

    @Nullable Holder holder() {
        return holder;
    }

    /** That is to answer, by its route's name; null: none was found. */
    @Nullable String route() {
        return model;
    }

    /** Asked for, or what is to answer; null: not known yet. */
    @Nullable String model() {
        return model == null ? asked : model;
    }

    void placed(Stage.Placed at) {
        model = at.route().model();
    }

    void admitted() {
        attempts++;
    }

    void attemptEnded(Ending how) {
        firstByte = how.firstToken();
        counted = how.counts() instanceof Counts.Read read ? read : null;
    }

    CallLine line(Exchange exchange, String operation, int status) {
        return new CallLine(
                exchange.ts(), exchange.call().toString(), of(holder, Holder::tenant), of(holder, Holder::project), of(holder, Holder::key), operation, model, status,
                attempts, exchange.sinceBegin().toMillis(), firstByte == null ? null : firstByte.toMillis(), counted == null ? null : counted.input() + counted.cacheWrite(),
                counted == null ? null : counted.cacheRead(), counted == null ? null : counted.output(), exchange.response().bytesWritten());
    }

    private static @Nullable String of(@Nullable Holder holder, Function<Holder, @Nullable Object> part) {
        Object id = holder == null ? null : part.apply(holder);
        return id == null ? null : id.toString();
    }
}
