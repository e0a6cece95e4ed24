package dev.penstock.quota.gateway;

import dev.penstock.contract.quota.UpstreamDialect;
import dev.penstock.quota.gateway.wire.CallBody;
import dev.penstock.quota.gateway.wire.Operation;
import dev.penstock.quota.gateway.wire.Retelling;
import org.jspecify.annotations.Nullable;

/**
 * A call as servers of one dialect are told it.
 *
 * @param operation as which it is bounded and forwarded
 * @param retelling how the answer is told to the client; null: as the server says it
 */
record Wording(UpstreamDialect dialect, Operation operation, CallBody body, @Nullable Retelling retelling) {

    /** Where the server takes it. */
    String path() {
        return operation.pathAt(dialect);
    }

    /** Whether the answer is one. What is only counted is never streamed, whatever a server does. */
    boolean streams() {
        return body.stream() && operation.isCharged();
    }
}
