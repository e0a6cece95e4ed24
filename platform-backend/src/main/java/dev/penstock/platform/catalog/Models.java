package dev.penstock.platform.catalog;

import dev.penstock.contract.ModelTask;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.platform.catalog.Model.KvCache;
import java.sql.Array;
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

/** The models, by name, from a copy in memory that is at most some seconds old; as {@link SliceProfiles}. */
@Component
public class Models {

    private static final Logger log = LoggerFactory.getLogger(Models.class);
    private static final Actor READER = Actor.system("catalog");

    private final JobTransactions transactions;
    private final JdbcClient jdbc;
    private volatile @Nullable List<Model> copy;

    Models(JobTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    public List<Model> all() {
        List<Model> known = copy;
        return known != null ? known : read();
    }

    public Optional<Model> find(String id) {
        return all().stream().filter(model -> model.id().equals(id)).findFirst();
    }

    @Scheduled(fixedDelay = 5000)
    void refresh() {
        try {
            read();
        } catch (RuntimeException e) {
            log.warn("reading the models failed, going on with those known: {}", e.getMessage());
        }
    }

    private List<Model> read() {
        List<Model> fresh = List.copyOf(transactions.acrossTenants(Job.SNAPSHOT, READER, () -> jdbc.sql("""
                        select id, name, publisher, summary, tasks, parameters, active_parameters, centibits, precision_name, layers, kv_heads, head_dim,
                               kv_bytes_per_value, context_tokens, max_output_tokens, max_tokens_per_byte, engine, engine_args, weights, licence,
                               commercial_use, confirmed, source
                          from platform.model order by name, id""")
                .query(Models::model)
                .list()));
        copy = fresh;
        return fresh;
    }

    private static Model model(ResultSet row, int number) throws SQLException {
        return new Model(
                text(row, "id"), text(row, "name"), text(row, "publisher"), text(row, "summary"),
                texts(row, "tasks").stream().map(ModelTask::valueOf).toList(),
                row.getLong("parameters"), row.getLong("active_parameters"), row.getInt("centibits"), text(row, "precision_name"), cache(row),
                row.getLong("context_tokens"), row.getLong("max_output_tokens"), row.getObject("max_tokens_per_byte", Integer.class),
                text(row, "engine"), texts(row, "engine_args"), text(row, "weights"), text(row, "licence"), row.getBoolean("commercial_use"),
                row.getBoolean("confirmed"), text(row, "source"));
    }

    private static @Nullable KvCache cache(ResultSet row) throws SQLException {
        return row.getObject("kv_heads") == null
                ? null
                : new KvCache(row.getInt("layers"), row.getInt("kv_heads"), row.getInt("head_dim"), row.getInt("kv_bytes_per_value"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = Objects.requireNonNull(row.getArray(column), column);
        return Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }
}
