package dev.penstock.quota;

import static dev.penstock.quota.TestTenant.PARTS;
import static dev.penstock.quota.TestTenant.PROFILE;
import static dev.penstock.quota.TestTenant.newSlice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReservingTest {

    private final TestTenant tenant = TestTenant.register().unlimited();
    private final SliceId slice = newSlice();

    @Test
    void aReservationSetsAsideASliceAndItsTime() {
        Answer answer = tenant.reserve(slice, 3600).is(200);
        assertThat(answer.body().path("setAside").asLong()).isEqualTo(3600L * PARTS);
        assertThat(answer.body().path("booked").asLong()).isZero();
        assertThat(answer.body().path("released").asBoolean()).isFalse();
        assertThat(tenant.slices()).isEqualTo("0/1");
        assertThat(tenant.trail()).endsWith("reservation.reserve done");
    }

    /** What a repeated or changed request gets, and what is held for the slice afterwards. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            the same again           | vision   | h100-80.1g.10gb | 120 | 3600 | 200 |                      | 3600 | reservation.reserve done
            a shorter lease          | vision   | h100-80.1g.10gb | 120 | 60   | 200 |                      | 3600 | reservation.reserve done
            a longer lease           | vision   | h100-80.1g.10gb | 120 | 7200 | 200 |                      | 7200 | reservation.grow done
            another profile          | vision   | h100-80.2g.20gb | 120 | 3600 | 409 | exists_but_different | 3600 | reservation.reserve refused
            another number of parts  | vision   | h100-80.1g.10gb | 240 | 3600 | 409 | exists_but_different | 3600 | reservation.reserve refused
            another project          | language | h100-80.1g.10gb | 120 | 3600 | 409 | exists_but_different | 3600 | reservation.reserve refused
            """)
    void reservingTwice(String title, String project, String profile, int parts, long lease, int status, String code, long leaseAfter, String trail) {
        tenant.reserve(slice, 3600).is(200);
        Answer second = tenant.reserve(slice, project.equals("vision") ? tenant.project() : tenant.otherProject(), profile, parts, lease).is(status);
        if (code != null) {
            second.isProblem(status, code);
        }
        assertThat(tenant.slices()).isEqualTo("0/1");
        assertThat(tenant.reserve(slice, 1).is(200).body().path("leaseSeconds").asLong()).isEqualTo(leaseAfter);
        assertThat(tenant.trail()).endsWith(trail);
    }

    @Test
    void aReleaseGivesEverythingBackAndMayBeRepeated() {
        tenant.reserve(slice, 3600).is(200);
        tenant.release(slice).is(200);
        tenant.release(slice).is(200);
        assertThat(tenant.slices()).isEqualTo("0/0");
        assertThat(tenant.gpuTime()).isEqualTo("0/0");
        assertThat(tenant.trail().stream().filter("reservation.release done"::equals)).hasSize(1);
    }

    @Test
    void whatWasReleasedIsNotReservedAgain() {
        tenant.reserve(slice, 3600).is(200);
        tenant.release(slice).is(200);
        tenant.reserve(slice, 3600).isProblem(409, "wrong_state");
        assertThat(tenant.slices()).isEqualTo("0/0");
    }

    @Test
    void aReleaseThatOvertakesItsReserveKeepsItOut() {
        tenant.release(slice).is(200);
        tenant.reserve(slice, 3600).isProblem(409, "wrong_state");
        assertThat(tenant.slices()).isEqualTo("0/0");
    }

    @Test
    void theSameSliceOfAnotherTenantIsAnotherSlice() {
        TestTenant other = TestTenant.register().unlimited();
        tenant.reserve(slice, 3600).is(200);
        other.reserve(slice, 60).is(200);
        other.release(slice).is(200);
        assertThat(tenant.slices()).isEqualTo("0/1");
    }

    @Test
    void aRefusalNamesTheLimitItsNumbersAndItsOwner() {
        tenant.limit(null, "SLICES", PROFILE, 1L).is(200);
        tenant.reserve(slice, 3600).is(200);
        Answer refusal = tenant.reserve(newSlice(), 3600).isProblem(409, "limit_reached");
        assertThat(refusal.body().path("rule").asString()).isEqualTo(tenant.limitId(null, "SLICES", PROFILE).toString());
        assertThat(refusal.body().path("level").asString()).isEqualTo("tenant");
        assertThat(refusal.body().path("name").asString()).isEqualTo(tenant.name());
        assertThat(refusal.body().path("meter").asString()).isEqualTo("SLICES");
        assertThat(refusal.body().path("profile").asString()).isEqualTo(PROFILE);
        assertThat(refusal.body().path("limit").asLong()).isEqualTo(1);
        assertThat(refusal.body().path("used").asLong()).isZero();
        assertThat(refusal.body().path("setAside").asLong()).isEqualTo(1);
        assertThat(refusal.body().path("asked").asLong()).isEqualTo(1);
        assertThat(refusal.body().path("owner").asString()).isEqualTo("administrators");
        assertThat(refusal.body().has("resets")).isFalse();
        assertThat(refusal.detail()).contains(tenant.name(), PROFILE);
        assertThat(tenant.trail()).endsWith("reservation.reserve refused");
    }

    @Test
    void aRefusalOfTimeSaysWhenItResets() {
        tenant.limit(null, "GPU_TIME", null, 3600L * PARTS - 1).is(200);
        Answer refusal = tenant.reserve(slice, 3600).isProblem(409, "limit_reached");
        assertThat(refusal.body().path("meter").asString()).isEqualTo("GPU_TIME");
        assertThat(refusal.body().path("resets").asString()).endsWith("T00:00:00Z");
        assertThat(tenant.slices()).as("all or nothing").isEqualTo("0/0");
        tenant.limit(null, "GPU_TIME", null, 3600L * PARTS).is(200);
        tenant.reserve(slice, 3600).is(200);
    }

    @Test
    void whatNobodyHasLimitedIsRefused() {
        TestTenant bare = TestTenant.register();
        Answer noSlices = bare.reserve(slice, 3600).isProblem(409, "limit_reached");
        assertThat(noSlices.detail()).contains("Nobody has set a limit", PROFILE, "administrators");
        assertThat(noSlices.body().has("limit")).isFalse();
        bare.limit(bare.project(), "SLICES", PROFILE, 5L).is(200);
        bare.limit(bare.project(), "GPU_TIME", null, null).is(200);
        bare.reserve(slice, 3600).isProblem(409, "limit_reached");
        bare.limit(null, "SLICES", PROFILE, null).is(200);
        assertThat(bare.reserve(slice, 3600).isProblem(409, "limit_reached").detail()).contains("GPU-hours");
        bare.limit(null, "GPU_TIME", null, null).is(200);
        bare.reserve(slice, 3600).is(200);
    }

    @Test
    void aProjectsLimitNarrowsTheTenants() {
        tenant.limit(tenant.project(), "SLICES", PROFILE, 1L).is(200);
        tenant.reserve(slice, 3600).is(200);
        Answer refusal = tenant.reserve(newSlice(), 3600).isProblem(409, "limit_reached");
        assertThat(refusal.body().path("level").asString()).isEqualTo("project");
        assertThat(refusal.body().path("name").asString()).isEqualTo("vision");
        tenant.reserve(newSlice(), tenant.otherProject(), PROFILE, PARTS, 3600).is(200);
        assertThat(tenant.slices()).isEqualTo("0/2");
        assertThat(tenant.use(tenant.project(), "SLICES", PROFILE)).isEqualTo("0/1");
    }

    @Test
    void aLongerLeaseThatDoesNotFitLeavesTheShorterOne() {
        tenant.limit(null, "GPU_TIME", null, 3600L * PARTS).is(200);
        tenant.reserve(slice, 3000).is(200);
        String before = tenant.gpuTime();
        tenant.reserve(slice, 4000).isProblem(409, "limit_reached");
        assertThat(tenant.gpuTime()).isEqualTo(before);
        tenant.reserve(slice, 3600).is(200);
    }

    /** A limit set late, or removed and set again, knows what is held and used. */
    @Test
    void aLimitCountsWhatWasThereBeforeIt() {
        RunningService service = RunningService.get();
        tenant.reserve(slice, 36_000).is(200);
        tenant.reserve(newSlice(), tenant.otherProject(), PROFILE, PARTS, 36_000).is(200);
        tenant.time(slice, 1, service.bean(AdjustableClock.class).instant(), 100).is(200);
        String time = tenant.gpuTime();
        for (LimitId limit : List.of(tenant.limitId(null, "SLICES", PROFILE), tenant.limitId(null, "GPU_TIME", null))) {
            tenant.removeLimit(limit).is(200);
        }
        tenant.reserve(newSlice(), 60).isProblem(409, "limit_reached");
        tenant.limit(null, "SLICES", PROFILE, 2L).is(200);
        tenant.limit(null, "GPU_TIME", null, null).is(200);
        tenant.limit(tenant.project(), "SLICES", PROFILE, 1L).is(200);
        assertThat(tenant.slices()).isEqualTo("0/2");
        assertThat(tenant.gpuTime()).isEqualTo(time);
        assertThat(tenant.use(tenant.project(), "SLICES", PROFILE)).isEqualTo("0/1");
        tenant.reserve(newSlice(), 60).isProblem(409, "limit_reached");
        tenant.release(slice).is(200);
        tenant.reserve(newSlice(), 60).is(200);
    }

    @Test
    void aLimitLoweredBelowItsUseRefusesUntilThereIsRoom() {
        SliceId second = newSlice();
        tenant.reserve(slice, 3600).is(200);
        tenant.reserve(second, 3600).is(200);
        tenant.limit(null, "SLICES", PROFILE, 1L).is(200);
        assertThat(tenant.slices()).isEqualTo("0/2");
        tenant.reserve(newSlice(), 3600).isProblem(409, "limit_reached");
        tenant.release(slice).is(200);
        tenant.reserve(newSlice(), 3600).isProblem(409, "limit_reached");
        tenant.release(second).is(200);
        tenant.reserve(newSlice(), 3600).is(200);
    }

    @Test
    void whatIsNotRegisteredDoesNotExist() {
        TestTenant nobody = new TestTenant(RunningService.get(), new TenantId(UUID.randomUUID()), "nobody", new ProjectId(UUID.randomUUID()), tenant.project());
        nobody.reserve(slice, 3600).isProblem(404, "not_found");
        nobody.release(slice).isProblem(404, "not_found");
        tenant.reserve(slice, new ProjectId(UUID.randomUUID()), PROFILE, PARTS, 3600).isProblem(404, "not_found");
        TestTenant other = TestTenant.register().unlimited();
        tenant.reserve(slice, other.project(), PROFILE, PARTS, 3600).isProblem(404, "not_found");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            no project        | {"profile": "p", "parts": 1, "leaseSeconds": 1}
            project no uuid   | {"project": "vision", "profile": "p", "parts": 1, "leaseSeconds": 1}
            no profile        | {"project": "PROJECT", "parts": 1, "leaseSeconds": 1}
            blank profile     | {"project": "PROJECT", "profile": " ", "parts": 1, "leaseSeconds": 1}
            no parts          | {"project": "PROJECT", "profile": "p", "leaseSeconds": 1}
            negative parts    | {"project": "PROJECT", "profile": "p", "parts": -1, "leaseSeconds": 1}
            more than a node  | {"project": "PROJECT", "profile": "p", "parts": 6721, "leaseSeconds": 1}
            parts too large   | {"project": "PROJECT", "profile": "p", "parts": 1e18, "leaseSeconds": 1}
            half a part       | {"project": "PROJECT", "profile": "p", "parts": 0.5, "leaseSeconds": 1}
            no lease          | {"project": "PROJECT", "profile": "p", "parts": 1, "leaseSeconds": 0}
            negative lease    | {"project": "PROJECT", "profile": "p", "parts": 1, "leaseSeconds": -5}
            two years' lease  | {"project": "PROJECT", "profile": "p", "parts": 1, "leaseSeconds": 63244800}
            lease as a word   | {"project": "PROJECT", "profile": "p", "parts": 1, "leaseSeconds": "many"}
            a misspelt field  | {"project": "PROJECT", "profile": "p", "parts": 1, "leaseSeconds": 1, "leasSeconds": 9}
            not JSON          | {"project":
            null              | null
            """)
    void badInputIsRefusedAndRecordedAndChangesNothing(String title, String body) {
        RunningService service = RunningService.get();
        service.send(service.service(), "PUT", tenant.slicePath(slice) + "/reservation", body.replace("PROJECT", tenant.project().toString()))
                .isProblem(400, "invalid_input");
        assertThat(tenant.slices()).isEqualTo("0/0");
        assertThat(tenant.trail()).endsWith("reservation.reserve refused");
    }
}
