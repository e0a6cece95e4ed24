package dev.penstock.quota.gateway;

import dev.penstock.contract.quota.UpstreamDialect;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A call in each dialect that servers have; the one that it did not come in is made when it is first needed, and once. Belongs to its call's event loop. */
final class Wordings {

    private final Wording first;
    private @Nullable Future<Wording> other;

    /** @param first as it came */
    Wordings(Wording first) {
        this.first = first;
    }

    Wording first() {
        return first;
    }

    /** @param translation asked for the other dialect, at most once */
    Future<Wording> in(UpstreamDialect dialect, Supplier<Future<Wording>> translation) {
        if (dialect == first.dialect()) {
            return Future.succeededFuture(first);
        }
        Future<Wording> present = other;
        if (present == null) {
            present = translation.get();
            other = present;
        }
        return present;
    }
}
