package dev.penstock.quota.upstream;

import static dev.penstock.frame.jobs.Required.text;

import dev.penstock.contract.ModelTask;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.LimitField;
import dev.penstock.contract.quota.UpstreamDialect;
import dev.penstock.contract.quota.UpstreamModel;
import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.frame.secret.Sealed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements on upstreams. Rows are added and stay as they are; only keys are replaced and deleted. */
@Component
class UpstreamTable {

    private static final String COLUMNS = "name, version, address, dialect, takes, most_under_way, made_by, made_at";

    private final JdbcClient jdbc;

    UpstreamTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One maker at a time, until the running transaction ends. */
    void lock() {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('quota.upstream', 0))::text").query((row, number) -> Boolean.TRUE).list();
    }

    /** How many versions there are of all together: it moves with every change. */
    long versions() {
        return jdbc.sql("select count(*) from quota.upstream").query(Long.class).single();
    }

    /** The last version of each, by name, without its key. */
    List<Upstream> last() {
        return withModels("select distinct on (name) " + COLUMNS + " from quota.upstream order by name, version desc", Map.of());
    }

    Optional<Upstream> find(String name, int version) {
        return withModels("select " + COLUMNS + " from quota.upstream where name = :name and version = :version", Map.of("name", name, "version", version))
                .stream().findFirst();
    }

    /** By the name of the upstream. For who reads for the copy. */
    Map<String, Sealed> keys() {
        Map<String, Sealed> keys = new HashMap<>();
        jdbc.sql("select upstream, key_version, sealed from quota.upstream_key")
                .query(row -> {
                    keys.put(text(row, "upstream"), new Sealed(row.getInt("key_version"), row.getBytes("sealed")));
                });
        return keys;
    }

    boolean hasKey(String upstream) {
        return jdbc.sql("select exists (select from quota.upstream_key where upstream = :upstream)").param("upstream", upstream).query(Boolean.class).single();
    }

    void putKey(String upstream, Sealed key) {
        deleteKey(upstream);
        jdbc.sql("insert into quota.upstream_key (upstream, key_version, sealed) values (:upstream, :version, :sealed)")
                .param("upstream", upstream)
                .param("version", key.version())
                .param("sealed", key.bytes())
                .update();
    }

    void deleteKey(String upstream) {
        jdbc.sql("delete from quota.upstream_key where upstream = :upstream").param("upstream", upstream).update();
    }

    void insert(Upstream upstream, @Nullable String reason) {
        jdbc.sql("""
                        insert into quota.upstream (name, version, address, dialect, takes, most_under_way, made_by, made_at, reason)
                        values (:name, :version, :address, :dialect, :takes, :most, :by, :at, nullif(:reason, ''))""")
                .param("name", upstream.name())
                .param("version", upstream.version())
                .param("address", upstream.address().toString())
                .param("dialect", upstream.dialect().name())
                .param("takes", upstream.takes().name())
                .param("most", upstream.mostUnderWay())
                .param("by", upstream.madeBy())
                .param("at", upstream.madeAt().atOffset(ZoneOffset.UTC))
                .param("reason", reason == null ? "" : reason)
                .update();
        for (int at = 0; at < upstream.models().size(); at++) {
            insert(upstream, at + 1, upstream.models().get(at));
        }
    }

    private void insert(Upstream upstream, int place, UpstreamModel model) {
        jdbc.sql("""
                        insert into quota.upstream_model (upstream, version, place, endpoint_id, name, served_model, tasks, context_tokens, max_output_tokens,
                                                          max_tokens_per_byte, sku, takes, limit_field)
                        values (:upstream, :version, :place, :endpoint, :name, :served, :tasks, :context, :output, :perByte, :sku, :takes, :limitField)""")
                .param("upstream", upstream.name())
                .param("version", upstream.version())
                .param("place", place)
                .param("endpoint", Upstream.endpoint(upstream.name(), model.name()).value())
                .param("name", model.name())
                .param("served", model.servedModel())
                .param("tasks", model.tasks().stream().map(Enum::name).toArray(String[]::new))
                .param("context", model.contextTokens())
                .param("output", model.maxOutputTokens())
                .param("perByte", model.maxTokensPerByte())
                .param("sku", model.sku())
                .param("takes", model.takes() == null ? null : model.takes().name())
                .param("limitField", model.limitField().name())
                .update();
    }

    private record Version(String name, long version) {}

    private List<Upstream> withModels(String upstreams, Map<String, Object> params) {
        Map<Version, List<UpstreamModel>> models = new HashMap<>();
        jdbc.sql("select m.* from quota.upstream_model m join (" + upstreams + ") as listed on listed.name = m.upstream and listed.version = m.version order by m.place")
                .params(params)
                .query(row -> {
                    models.computeIfAbsent(new Version(text(row, "upstream"), row.getLong("version")), version -> new ArrayList<>()).add(model(row));
                });
        return jdbc.sql(upstreams)
                .params(params)
                .query((row, number) -> new Upstream(
                        text(row, "name"), row.getLong("version"), UpstreamAddress.of(text(row, "address")), UpstreamDialect.valueOf(text(row, "dialect")),
                        DataClass.valueOf(text(row, "takes")), row.getInt("most_under_way"), models.getOrDefault(new Version(text(row, "name"), row.getLong("version")), List.of()), text(row, "made_by"),
                        Timestamps.read(row, "made_at"), null))
                .list();
    }

    private static UpstreamModel model(ResultSet row) throws SQLException {
        String takes = row.getString("takes");
        return new UpstreamModel(
                text(row, "name"), text(row, "served_model"), Arrays.stream((String[]) row.getArray("tasks").getArray()).map(ModelTask::valueOf).toList(),
                row.getLong("context_tokens"), row.getLong("max_output_tokens"), row.getObject("max_tokens_per_byte", Integer.class), text(row, "sku"),
                takes == null ? null : DataClass.valueOf(takes), LimitField.valueOf(text(row, "limit_field")));
    }
}
