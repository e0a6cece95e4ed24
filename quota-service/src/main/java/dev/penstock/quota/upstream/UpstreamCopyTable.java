package dev.penstock.quota.upstream;

import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.secret.Sealed;
import dev.penstock.frame.secret.Sealing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads what the copy in memory holds, keys opened. */
@Component
class UpstreamCopyTable {

    private static final Logger log = LoggerFactory.getLogger(UpstreamCopyTable.class);
    private static final Actor READER = Actor.system("upstreams");

    private final JobTransactions transactions;
    private final UpstreamTable table;
    private final Sealing sealing;

    UpstreamCopyTable(JobTransactions transactions, UpstreamTable table, Sealing sealing) {
        this.transactions = transactions;
        this.table = table;
        this.sealing = sealing;
    }

    /**
     * The last version of each. If nothing moved, {@code known} itself: versions are only ever added, so their number tells. All of it at one moment: a
     * key never comes beside an address that it was not given for.
     */
    Map<String, Upstream> read(Map<String, Upstream> known) {
        return transactions.atOneMoment(Job.SNAPSHOT, READER, () -> {
            if (table.versions() == known.values().stream().mapToLong(Upstream::version).sum()) {
                return known;
            }
            Map<String, Sealed> keys = table.keys();
            return table.last().stream().collect(Collectors.toUnmodifiableMap(Upstream::name, upstream -> withKey(upstream, keys.get(upstream.name()))));
        });
    }

    /** Whether this is what the upstream demands now: asked by whoever was given a key again, and may not read the one that is there. */
    boolean isKey(String upstream, String given) {
        Sealed sealed = transactions.acrossTenants(Job.SNAPSHOT, READER, () -> table.keys()).get(upstream);
        String key = sealed == null ? null : opened(upstream, sealed);
        return key != null && MessageDigest.isEqual(key.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    private Upstream withKey(Upstream upstream, @Nullable Sealed sealed) {
        @Nullable String key = sealed == null ? null : opened(upstream.name(), sealed);
        return new Upstream(
                upstream.name(), upstream.version(), upstream.address(), upstream.dialect(), upstream.takes(), upstream.mostUnderWay(), upstream.models(), upstream.madeBy(),
                upstream.madeAt(), key);
    }

    /** One that cannot be opened stops its upstream, not the others. */
    private @Nullable String opened(String upstream, Sealed sealed) {
        try {
            return sealing.open(UpstreamMaking.whose(upstream), sealed);
        } catch (Sealing.CannotOpen e) {
            log.error("nothing can be forwarded to an upstream: {}", e.getMessage());
            return null;
        }
    }
}
