package dev.penstock.quota.alias;

import static dev.penstock.frame.jobs.Required.text;

import dev.penstock.contract.quota.AliasTarget;
import dev.penstock.contract.quota.RoutingStrategy;
import dev.penstock.frame.jobs.Timestamps;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements on aliases. Rows are added, and nothing else ever happens to them. */
@Component
class AliasTable {

    private final JdbcClient jdbc;

    AliasTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One maker at a time, until the running transaction ends. */
    void lock() {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('quota.alias', 0))::text").query((row, number) -> Boolean.TRUE).list();
    }

    /** How many versions there are of all together: it moves with every change. */
    long versions() {
        return jdbc.sql("select count(*) from quota.alias").query(Long.class).single();
    }

    /** How many names there are. */
    int names() {
        return jdbc.sql("select count(distinct name) from quota.alias").query(Integer.class).single();
    }

    /** The last version of each, by name. */
    List<Alias> last() {
        return withTargets("select distinct on (name) name, version, strategy, made_by, made_at from quota.alias order by name, version desc", Map.of());
    }

    /** The last version of one. */
    Optional<Alias> last(String name) {
        return withTargets("select name, version, strategy, made_by, made_at from quota.alias where name = :name order by version desc limit 1", Map.of("name", name))
                .stream().findFirst();
    }

    Optional<Alias> find(String name, int version) {
        return withTargets("select name, version, strategy, made_by, made_at from quota.alias where name = :name and version = :version",
                Map.of("name", name, "version", version)).stream().findFirst();
    }

    void insert(Alias alias, String reason) {
        jdbc.sql("""
                        insert into quota.alias (name, version, strategy, made_by, made_at, reason)
                        values (:name, :version, :strategy, :by, :at, nullif(:reason, ''))""")
                .param("name", alias.name())
                .param("version", alias.version())
                .param("strategy", alias.strategy().name())
                .param("by", alias.madeBy())
                .param("at", alias.madeAt().atOffset(ZoneOffset.UTC))
                .param("reason", reason)
                .update();
        jdbc.sql("""
                        insert into quota.alias_target (name, version, place, model, tier, weight)
                        select :name, :version, listed.place, listed.model, listed.tier, listed.weight
                        from unnest(:models, :tiers, :weights) with ordinality as listed(model, tier, weight, place)""")
                .param("name", alias.name())
                .param("version", alias.version())
                .param("models", alias.targets().stream().map(AliasTarget::model).toArray(String[]::new))
                .param("tiers", alias.targets().stream().map(AliasTarget::tier).toArray(Integer[]::new))
                .param("weights", alias.targets().stream().map(AliasTarget::weight).toArray(Integer[]::new))
                .update();
    }

    private record Version(String name, long version) {}

    private List<Alias> withTargets(String aliases, Map<String, Object> params) {
        Map<Version, List<AliasTarget>> targets = new HashMap<>();
        jdbc.sql("select name, version, model, tier, weight from quota.alias_target join (" + aliases + ") as listed using (name, version) order by place")
                .params(params)
                .query(row -> {
                    targets.computeIfAbsent(new Version(text(row, "name"), row.getLong("version")), version -> new ArrayList<>())
                            .add(new AliasTarget(text(row, "model"), row.getInt("tier"), row.getInt("weight")));
                });
        return jdbc.sql(aliases)
                .params(params)
                .query((row, number) -> new Alias(
                        text(row, "name"), row.getLong("version"), RoutingStrategy.valueOf(text(row, "strategy")),
                        targets.getOrDefault(new Version(text(row, "name"), row.getLong("version")), List.of()), text(row, "made_by"), Timestamps.read(row, "made_at")))
                .list();
    }
}
