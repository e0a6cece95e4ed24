package dev.penstock.quota.reconciliation;

import static dev.penstock.frame.jobs.Required.text;
import static dev.penstock.frame.jobs.Required.uuid;

import dev.penstock.contract.CallId;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.jobs.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What becomes of the attempts of which an engine may have counted something else. */
@Component
class OpenEndTable {

    /** One whose engine was compared, to be posted. */
    record Found(CallId call, int attempt, EndpointId endpoint, Instant ts, String cause, String sku, int priceVersion, Amount amount) {}

    private final JdbcClient jdbc;

    OpenEndTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void found(OpenEnd end, Amount amount) {
        jdbc.sql("""
                        update quota.leeway set found_input = :input, found_output = :output
                         where tenant_id = :tenant and call_id = :call and attempt = :attempt and found_input is null""")
                .param("tenant", end.tenant().value())
                .param("call", end.call().value())
                .param("attempt", end.attempt())
                .param("input", amount.input())
                .param("output", amount.output())
                .update();
    }

    /** Their engine is compared, and nothing was found of them. */
    void close(EndpointId endpoint, Instant at) {
        jdbc.sql("delete from quota.leeway where endpoint_id = :endpoint and found_input is null and booked_at <= :at")
                .param("endpoint", endpoint.value())
                .param("at", Timestamps.column(at))
                .update();
    }

    int forget(Duration age) {
        return jdbc.sql("delete from quota.leeway where found_input is null and booked_at < clock_timestamp() - make_interval(secs => :seconds)")
                .param("seconds", age.toSeconds())
                .update();
    }

    List<TenantId> tenantsToPost() {
        return jdbc.sql("select distinct tenant_id from quota.leeway where found_input is not null order by 1")
                .query((row, number) -> new TenantId(uuid(row, "tenant_id")))
                .list();
    }

    /** Takes them; whoever else wants them waits and finds none. */
    List<Found> takeFound(TenantId tenant, int most) {
        return jdbc.sql("""
                        delete from quota.leeway
                         where tenant_id = :tenant and (call_id, attempt) in (
                               select call_id, attempt from quota.leeway where tenant_id = :tenant and found_input is not null
                                order by call_id, attempt limit :most)
                        returning *""")
                .param("tenant", tenant.value())
                .param("most", most)
                .query((row, number) -> new Found(
                        new CallId(uuid(row, "call_id")), row.getInt("attempt"), new EndpointId(uuid(row, "endpoint_id")), Timestamps.read(row, "ts"),
                        text(row, "cause"), text(row, "sku"), row.getInt("price_version"), new Amount(row.getLong("found_input"), row.getLong("found_output"))))
                .list();
    }
}
