package dev.penstock.platform.catalog;

import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The profiles, smallest first, from a copy in memory that is at most some seconds old. Usable within a transaction once it was read for
 * the first time, which is within moments of the start.
 */
@Component
public class SliceProfiles {

    private static final Logger log = LoggerFactory.getLogger(SliceProfiles.class);
    private static final Actor READER = Actor.system("catalog");

    private final JobTransactions transactions;
    private final JdbcClient jdbc;
    private volatile @Nullable List<SliceProfile> copy;

    SliceProfiles(JobTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    public List<SliceProfile> all() {
        List<SliceProfile> known = copy;
        return known != null ? known : read();
    }

    public Optional<SliceProfile> find(String id) {
        return all().stream().filter(profile -> profile.id().equals(id)).findFirst();
    }

    @Scheduled(fixedDelay = 5000)
    void refresh() {
        try {
            read();
        } catch (RuntimeException e) {
            log.warn("reading the slice profiles failed, going on with those known: {}", e.getMessage());
        }
    }

    private List<SliceProfile> read() {
        List<SliceProfile> fresh = List.copyOf(transactions.acrossTenants(Job.SNAPSHOT, READER, () -> jdbc.sql("""
                        select id, name, device, node_product, kind, resource, amount, replicas, parts, compute_slots, memory_slots, memory_mib, isolation, starts, most,
                               device_class, device_driver, device_product, device_profile
                          from platform.slice_profile
                         order by parts, device, memory_mib, id""")
                .query(SliceProfiles::profile)
                .list()));
        copy = fresh;
        return fresh;
    }

    private static SliceProfile profile(ResultSet row, int number) throws SQLException {
        return new SliceProfile(
                text(row, "id"),
                text(row, "name"),
                text(row, "device"),
                text(row, "node_product"),
                SliceProfileView.Kind.valueOf(text(row, "kind")),
                text(row, "resource"),
                row.getInt("amount"),
                row.getInt("replicas"),
                row.getInt("parts"),
                row.getInt("compute_slots"),
                row.getInt("memory_slots"),
                row.getLong("memory_mib"),
                text(row, "isolation"),
                starts(row),
                row.getInt("most"),
                devices(row));
    }

    private static @Nullable DeviceChoice devices(ResultSet row) throws SQLException {
        return row.getString("device_class") == null
                ? null
                : new DeviceChoice(text(row, "device_class"), text(row, "device_driver"), text(row, "device_product"), row.getString("device_profile"));
    }

    private static List<Integer> starts(ResultSet row) throws SQLException {
        return Arrays.stream((Short[]) row.getArray("starts").getArray()).map(Short::intValue).toList();
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }
}
