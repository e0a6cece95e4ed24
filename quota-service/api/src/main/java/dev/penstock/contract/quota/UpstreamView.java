package dev.penstock.contract.quota;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param models none: it is withdrawn
 * @param reachedAt addresses that calls of the replica that answers go to; none: nothing is sent
 * @param problem why nothing, or nothing new, is known of its addresses; null: nothing is wrong
 */
public record UpstreamView(
        String name, int version, String address, UpstreamDialect dialect, DataClass takes, int mostUnderWay, List<UpstreamModel> models, List<String> reachedAt, @Nullable String problem,
        String madeBy, Instant madeAt) {}
