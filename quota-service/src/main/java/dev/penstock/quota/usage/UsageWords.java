package dev.penstock.quota.usage;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.Egress;
import dev.penstock.contract.quota.Steered;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Numbers of words that many rows share. Numbers are never changed, so that those once read are right for good. */
@Component
public class UsageWords {

    /** Of models and people together; far above what one installation has, and the memory of a few megabytes. */
    private static final int MOST_REMEMBERED = 50_000;

    private record Word(TenantId tenant, Object what) {}

    /**
     * What answered, and for whom it stood in.
     *
     * @param model as callers name it
     * @param steered null: it was asked for itself
     */
    public record Model(EndpointId endpoint, String model, String sku, @Nullable Steered steered) {}

    private static final Actor ACTOR = Actor.system("admission");

    private final JobTransactions transactions;
    private final JdbcClient jdbc;
    private final Map<Word, Integer> known = new ConcurrentHashMap<>();

    UsageWords(JobTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /** In a transaction of its own: a number is remembered only when its word is there for good. */
    public int model(TenantId tenant, Model model) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("tenant", tenant.value());
        parameters.put("endpoint", model.endpoint().value());
        parameters.put("model", model.model());
        parameters.put("sku", model.sku());
        parameters.put("asked", model.steered() == null ? null : model.steered().asked());
        parameters.put("why", model.steered() == null ? null : model.steered().why());
        return number(new Word(tenant, model), """
                with made as (
                    insert into quota.usage_model (tenant_id, endpoint_id, model, sku, asked, why) values (:tenant, :endpoint, :model, :sku, :asked, :why)
                    on conflict (tenant_id, endpoint_id, model, sku, asked, why) do nothing returning id)
                select id from made union all
                select id from quota.usage_model
                 where tenant_id = :tenant and endpoint_id = :endpoint and model = :model and sku = :sku
                   and asked is not distinct from :asked::text and why is not distinct from :why::text limit 1""", parameters);
    }

    /** A person by the subject of the sign-in; as {@link #model}. */
    public int person(TenantId tenant, String person) {
        return number(new Word(tenant, person), """
                with made as (
                    insert into quota.usage_person (tenant_id, person) values (:tenant, :person)
                    on conflict (tenant_id, person) do nothing returning id)
                select id from made union all
                select id from quota.usage_person where tenant_id = :tenant and person = :person limit 1""",
                Map.of("tenant", tenant.value(), "person", person));
    }

    /** What an attempt's leaving the house is written down by, from 1; as {@link #model}. At most as many as a small number has for each tenant. */
    public int egress(TenantId tenant, Egress egress) {
        Map<String, Object> parameters = Map.of(
                "tenant", tenant.value(), "upstream", egress.upstream(), "version", egress.version(), "class", egress.dataClass().name(), "asked", egress.askedAs());
        return remembered(new Word(tenant, egress), () -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:of, 0))::text").param("of", "quota.usage_egress " + tenant).query(String.class).list();
            return ask("""
                    with known as (
                        select id from quota.usage_egress
                         where tenant_id = :tenant and upstream = :upstream and version = :version and data_class = :class and asked_as = :asked),
                    made as (
                        insert into quota.usage_egress (tenant_id, id, upstream, version, data_class, asked_as)
                        select :tenant, coalesce(max(id), 0) + 1, :upstream, :version, :class, :asked
                          from quota.usage_egress where tenant_id = :tenant having not exists (select from known) returning id)
                    select id from known union all select id from made""", parameters);
        });
    }

    /** As {@link #model}, from memory alone; empty: it has to be asked. */
    public OptionalInt knownModel(TenantId tenant, Model model) {
        return known(new Word(tenant, model));
    }

    /** As {@link #person}, from memory alone; empty: it has to be asked. */
    public OptionalInt knownPerson(TenantId tenant, String person) {
        return known(new Word(tenant, person));
    }

    /** As {@link #egress}, from memory alone; empty: it has to be asked. */
    public OptionalInt knownEgress(TenantId tenant, Egress egress) {
        return known(new Word(tenant, egress));
    }

    private OptionalInt known(Word word) {
        Integer number = known.get(word);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private int number(Word word, String sql, Map<String, ?> parameters) {
        return remembered(word, () -> ask(sql, parameters));
    }

    private int remembered(Word word, Supplier<Integer> asked) {
        Integer number = known.get(word);
        if (number == null) {
            number = transactions.inTenant(Job.SETTLE, ACTOR, word.tenant(), asked);
            if (known.size() < MOST_REMEMBERED) {
                known.put(word, number);
            }
        }
        return number;
    }

    /** Twice: who else made the word in the middle of the statement keeps it from being made, and is not seen by it yet. */
    private int ask(String sql, Map<String, ?> parameters) {
        return jdbc.sql(sql).params(parameters).query(Integer.class).optional()
                .orElseGet(() -> jdbc.sql(sql).params(parameters).query(Integer.class).single());
    }
}
