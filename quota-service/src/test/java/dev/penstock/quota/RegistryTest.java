package dev.penstock.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.SliceId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryTest {

    private final RunningService service = RunningService.get();
    private final TestTenant tenant = TestTenant.register();

    @Test
    void anOlderOrTheSameVersionChangesNothing() {
        tenant.registerAs(5, "Europe/Berlin").is(200);
        tenant.registerAs(4, "Asia/Tokyo").is(200);
        tenant.registerAs(5, "Asia/Tokyo").is(200);
        assertThat(state()).containsExactly("5 Europe/Berlin");
        assertThat(tenant.trail()).containsExactly("tenant.register done", "tenant.register done");
    }

    @Test
    void whoIsNoLongerAMemberSeesNothingWithinTwoSeconds() {
        String member = service.issuer().person("someone", tenant.memberGroup());
        assertThat(limitsOf(member)).isEqualTo(200);
        register(2, "[{\"id\": \"%s\", \"name\": \"vision\"}]".formatted(tenant.project()), "[]").is(200);
        await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> assertThat(limitsOf(member)).isEqualTo(404));
    }

    /** What another replica registered is heard of by notification or poll, not by having done it. */
    @Test
    void aRevocationOnAnotherReplicaHoldsWithinTwoSeconds() {
        String member = service.issuer().person("someone", tenant.memberGroup());
        assertThat(limitsOf(member)).isEqualTo(200);
        service.column("""
                with gone as (delete from quota.member where tenant_id = '%1$s'),
                     moved as (update quota.tenant set version = version + 1 where tenant_id = '%1$s')
                insert into quota.change (kind, tenant_id, subject) values ('tenant', '%1$s', '%1$s') returning 1""".formatted(tenant.id()));
        await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> assertThat(limitsOf(member)).isEqualTo(404));
    }

    @Test
    void aVanishedProjectKeepsWhatItHoldsAndGetsNothingNew() {
        tenant.unlimited();
        SliceId slice = TestTenant.newSlice();
        tenant.reserve(slice, 3600).is(200);
        register(2, "[]", "[]").is(200);
        tenant.reserve(TestTenant.newSlice(), 3600).isProblem(404, "not_found");
        tenant.limit(tenant.project(), "GPU_TIME", null, 1L).isProblem(404, "not_found");
        assertThat(tenant.slices()).isEqualTo("0/1");
        tenant.time(slice, 1, service.bean(AdjustableClock.class).instant(), 5).is(200);
        tenant.release(slice).is(200);
        assertThat(tenant.slices()).isEqualTo("0/0");
        tenant.registerAs(3, "UTC").is(200);
        tenant.reserve(TestTenant.newSlice(), 3600).is(200);
    }

    @Test
    void aNewTimeZoneMovesTheMonthAndCountsItAnew() {
        tenant.unlimited();
        SliceId slice = TestTenant.newSlice();
        tenant.reserve(slice, 3600).is(200);
        tenant.time(slice, 1, service.bean(AdjustableClock.class).instant(), 100).is(200);
        assertThat(tenant.gpuTime()).startsWith(100L * TestTenant.PARTS + "/");
        String before = tenant.gpuTime();
        tenant.registerAs(2, "Pacific/Kiritimati").is(200);
        assertThat(service.column("select count(*) from quota.limit_period where tenant_id = '%s' and period_start > '-infinity'".formatted(tenant.id())))
                .as("a month of the old calendar and one of the new").isNotEqualTo(List.of("1"));
        assertThat(tenant.gpuTime()).isEqualTo(before);
        tenant.release(slice).is(200);
        assertThat(tenant.gpuTime()).isEqualTo(100L * TestTenant.PARTS + "/0");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no such time zone           | 2 | research | Europe/Penstock | EUR | []                                         | []
            an offset for a zone        | 2 | research | +02:00          | EUR | []                                         | []
            no such currency            | 2 | research | UTC             | XQQ | []                                         | []
            a blank name                | 2 | ` `      | UTC             | EUR | []                                         | []
            a version of nothing        | 0 | research | UTC             | EUR | []                                         | []
            a project without a name    | 2 | research | UTC             | EUR | [{"id": "00000000-0000-0000-0000-000000000001"}] | []
            a project twice             | 2 | research | UTC             | EUR | [{"id": "00000000-0000-0000-0000-000000000001", "name": "a"}, {"id": "00000000-0000-0000-0000-000000000001", "name": "b"}] | []
            nothing for a project       | 2 | research | UTC             | EUR | [null]                                     | []
            a member of no project      | 2 | research | UTC             | EUR | []                                         | [{"id": "00000000-0000-0000-0000-000000000001", "kind": "GROUP", "principal": "g", "role": "MEMBER", "project": "00000000-0000-0000-0000-000000000009"}]
            a member without a role     | 2 | research | UTC             | EUR | []                                         | [{"id": "00000000-0000-0000-0000-000000000001", "kind": "GROUP", "principal": "g"}]
            nothing for a member        | 2 | research | UTC             | EUR | []                                         | [null]
            """)
    void badInputIsRefusedAndChangesNothing(String title, long version, String name, String timeZone, String currency, String projects, String members) {
        service.send(service.service(), "PUT", "/api/registry/tenants/" + tenant.id(), """
                {"version": %d, "name": "%s", "timeZone": "%s", "currency": "%s", "projects": %s, "members": %s}"""
                .formatted(version, name, timeZone, currency, projects, members)).isProblem(400, "invalid_input");
        assertThat(state()).containsExactly("1 UTC");
        assertThat(tenant.trail()).containsExactly("tenant.register done", "tenant.register refused");
    }

    private Answer register(long version, String projects, String members) {
        return service.send(service.service(), "PUT", "/api/registry/tenants/" + tenant.id(), """
                {"version": %d, "name": "%s", "timeZone": "UTC", "currency": "EUR", "projects": %s, "members": %s}"""
                .formatted(version, tenant.name(), projects, members));
    }

    private List<String> state() {
        return service.column("select version || ' ' || time_zone from quota.tenant where tenant_id = '" + tenant.id() + "'");
    }

    private int limitsOf(String token) {
        return service.send(token, "GET", "/api/limits?tenant=" + tenant.id(), null).status();
    }
}
