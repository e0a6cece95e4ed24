package dev.penstock.quota.settlement;

import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.Timestamps;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes down which attempts an engine may have counted otherwise than we have; reconciliation takes it from there. */
@Component
class Leeways {

    private record Left(Settled settled, Leeway leeway) {}

    private final JdbcClient jdbc;

    Leeways(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** With one statement, in the settlement's transaction. Those that have none are left out. */
    void leave(TenantId tenant, List<Settled> batch) {
        List<Left> left = batch.stream().map(each -> new Left(each, Leeway.of(each))).filter(each -> !each.leeway().equals(Leeway.NONE)).toList();
        if (left.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into quota.leeway (tenant_id, call_id, attempt, endpoint_id, ts, cause, sku, price_version,
                                                  repeats, input_less, input_more, output_less, output_more)
                        select :tenant, l.* from unnest(:calls::uuid[], :attempts::smallint[], :endpoints::uuid[], :ts::timestamptz[], :causes::text[],
                                                        :skus::text[], :versions::int[], :repeats::bigint[], :inputLess::bigint[], :inputMore::bigint[],
                                                        :outputLess::bigint[], :outputMore::bigint[]) as l""")
                .param("tenant", tenant.value())
                .param("calls", texts(left, each -> each.intent().attempt().call()))
                .param("attempts", texts(left, each -> each.intent().attempt().number()))
                .param("endpoints", texts(left, each -> each.intent().endpoint()))
                .param("ts", texts(left, each -> Timestamps.column(each.intent().ts())))
                .param("causes", texts(left, each -> each.settlement().cause().word()))
                .param("skus", texts(left, each -> each.intent().sku()))
                .param("versions", texts(left, each -> each.intent().priceVersion()))
                .param("repeats", numbers(left, Leeway::repeats))
                .param("inputLess", numbers(left, Leeway::inputLess))
                .param("inputMore", numbers(left, Leeway::inputMore))
                .param("outputLess", numbers(left, Leeway::outputLess))
                .param("outputMore", numbers(left, Leeway::outputMore))
                .update();
    }

    private static String[] texts(List<Left> left, Function<Settled, Object> column) {
        return left.stream().map(each -> column.apply(each.settled()).toString()).toArray(String[]::new);
    }

    private static String[] numbers(List<Left> left, ToLongFunction<Leeway> column) {
        return left.stream().map(each -> Long.toString(column.applyAsLong(each.leeway()))).toArray(String[]::new);
    }
}
