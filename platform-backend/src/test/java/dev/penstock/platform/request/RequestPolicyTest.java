package dev.penstock.platform.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.ApprovalPolicy;
import dev.penstock.contract.platform.PolicyCheck.Result;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.running.QuotaFake;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policy, as tables. A seventh of a GPU is 120 parts, so 7 hours of it are one GPU-hour. */
class RequestPolicyTest {

    private static final TenantId TENANT = new TenantId(new UUID(1, 1));
    private static final ProjectId PROJECT = new ProjectId(new UUID(1, 2));
    private static final ProjectId OTHER_PROJECT = new ProjectId(new UUID(1, 3));
    private static final SliceProfile SEVENTH = profile("h100-80.1g.10gb", "1g.10gb", 120);
    private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");
    /** Midnight of 1 December in Zurich. */
    private static final Instant RESETS = Instant.parse("2026-11-30T23:00:00Z");
    private static final Instant NOW = RESETS.minus(Duration.ofHours(70));

    @ParameterizedTest(name = "lease {0} h, longest {1} h, {2} GPU-hours at once → {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # lease | longest | at once | outcome        | lease says                                                 | time says
              7     | 168     | 1       | PASSES         | 7 hours; this tenant allows up to 7 days.                  | 1.0 GPU-hour at most, approved at once up to 1.0 GPU-hour.
              8     | 168     | 1       | NEEDS_APPROVAL | 8 hours; this tenant allows up to 7 days.                  | 1.2 GPU-hours at most, approved at once up to 1.0 GPU-hour: somebody has to agree.
              7     | 168     | 0       | NEEDS_APPROVAL | 7 hours; this tenant allows up to 7 days.                  | 1.0 GPU-hour at most; this tenant approves nothing at once, so somebody has to agree.
              7     | 7       | 4       | PASSES         | 7 hours; this tenant allows up to 7 hours.                 | 1.0 GPU-hour at most, approved at once up to 4.0 GPU-hours.
              28    | 27      | 9       | REFUSED        | 1 day 4 hours is too long; this tenant allows at most 1 day 3 hours. | 4.0 GPU-hours at most, approved at once up to 9.0 GPU-hours.
            """)
    void theLeaseAndTheGpuTime(int lease, int longest, int atOnce, Result outcome, String leaseSays, String timeSays) {
        Findings findings = check(Duration.ofHours(lease), Duration.ofHours(longest), GpuTime.ofGpuHours(atOnce), unlimited());
        assertThat(findings.outcome()).isEqualTo(outcome);
        assertThat(findings.checks().get(0).sentence()).isEqualTo(leaseSays);
        assertThat(findings.checks().get(1).sentence()).isEqualTo(timeSays);
    }

    @ParameterizedTest(name = "{0} allowed, {1} held → {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # allowed | held | outcome        | sentence
              5       | 2    | PASSES         | 2 of 5 slices of 1g.10gb of the tenant are held.
              5       | 4    | PASSES         | 4 of 5 slices of 1g.10gb of the tenant are held.
              5       | 5    | NEEDS_APPROVAL | All 5 slices of 1g.10gb of the tenant are held: it would wait until one is released.
              5       | 6    | NEEDS_APPROVAL | All 5 slices of 1g.10gb of the tenant are held: it would wait until one is released.
              0       | 0    | REFUSED        | The tenant may hold no slices of 1g.10gb.
              -       | 9    | PASSES         | The number of slices of 1g.10gb of the tenant is not limited.
            """)
    void theNumberOfSlices(@Nullable Long allowed, long held, Result outcome, String sentence) {
        Findings findings = check(List.of(slices(null, allowed, held), QuotaFake.gpuTime(TENANT, null, null, 0, RESETS)));
        assertThat(findings.outcome()).isEqualTo(outcome);
        assertThat(findings.checks().get(2).rule()).isEqualTo("slices-tenant");
        assertThat(findings.checks().get(2).sentence()).isEqualTo(sentence);
    }

    @Test
    void aLimitThatOnlyWarnsRefusesNothing() {
        LimitView none = slices(null, 0L, 3);
        LimitView little = QuotaFake.gpuTime(TENANT, null, 1L, 1, RESETS);
        assertThat(check(List.of(none, little)).outcome()).isEqualTo(Result.REFUSED);
        assertThat(check(List.of(QuotaFake.soft(none), QuotaFake.soft(little))).outcome()).isEqualTo(Result.PASSES);
    }

    @ParameterizedTest(name = "{0} h with 70 h left of the month, {1} allowed, {2} used → {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # lease | allowed | used | outcome        | sentence
              7     | 10      | 8    | PASSES         | 1.0 GPU-hour this month; the tenant has 2.0 of 10.0 GPU-hours left.
              7     | 10      | 9    | PASSES         | 1.0 GPU-hour this month; the tenant has 1.0 of 10.0 GPU-hours left.
              7     | 10      | 10   | NEEDS_APPROVAL | 1.0 GPU-hour this month; the tenant has 0.0 of 10.0 GPU-hours left: it would wait for more, at the latest until 1 December.
              77    | 20      | 10   | PASSES         | 10.0 GPU-hours this month; the tenant has 10.0 of 20.0 GPU-hours left.
              77    | 10      | 0    | REFUSED        | 11.0 GPU-hours in one month; the tenant has 10.0 GPU-hours a month in all.
              161   | 22      | 0    | REFUSED        | 23.0 GPU-hours in one month; the tenant has 22.0 GPU-hours a month in all.
              161   | 23      | 0    | PASSES         | 10.0 GPU-hours this month; the tenant has 23.0 of 23.0 GPU-hours left.
              700   | 96      | 0    | PASSES         | 10.0 GPU-hours this month; the tenant has 96.0 of 96.0 GPU-hours left.
              700   | 95      | 0    | REFUSED        | 96.0 GPU-hours in one month; the tenant has 95.0 GPU-hours a month in all.
              7     | 0       | 0    | REFUSED        | 1.0 GPU-hour in one month; the tenant has 0.0 GPU-hours a month in all.
              7     | -       | 99   | PASSES         | The GPU-hours of the tenant are not limited.
            """)
    void theGpuHoursOfTheMonth(int lease, @Nullable Long allowed, long used, Result outcome, String sentence) {
        Long amount = allowed == null ? null : allowed * GpuTime.PART_SECONDS_PER_GPU_HOUR;
        Findings findings = check(Duration.ofHours(lease), Duration.ofDays(30), GpuTime.ofGpuHours(1_000), Optional.of(List.of(
                slices(null, null, 0), QuotaFake.gpuTime(TENANT, null, amount, used * GpuTime.PART_SECONDS_PER_GPU_HOUR, RESETS))));
        assertThat(findings.outcome()).isEqualTo(outcome);
        assertThat(findings.checks().get(3).rule()).isEqualTo("month-tenant");
        assertThat(findings.checks().get(3).sentence()).isEqualTo(sentence);
    }

    @Test
    void aLimitOfTheProjectNarrowsThatOfTheTenant() {
        Findings findings = check(List.of(
                slices(null, 5L, 0), slices(PROJECT, 1L, 1), QuotaFake.gpuTime(TENANT, null, null, 0, RESETS)));
        assertThat(findings.outcome()).isEqualTo(Result.NEEDS_APPROVAL);
        assertThat(findings.checks()).filteredOn(check -> check.rule().equals("slices-project")).singleElement()
                .extracting(check -> check.sentence()).isEqualTo("All 1 slices of 1g.10gb of the project are held: it would wait until one is released.");
    }

    @Test
    void aLimitOfAnotherProjectOrAnotherProfileDoesNotMatter() {
        Findings findings = check(List.of(
                slices(null, 5L, 0),
                slices(OTHER_PROJECT, 0L, 0),
                QuotaFake.slices(TENANT, null, "h100-80.whole", 0L, 0),
                QuotaFake.gpuTime(TENANT, null, null, 0, RESETS)));
        assertThat(findings.outcome()).isEqualTo(Result.PASSES);
    }

    @Test
    void withoutAnyLimitForTheProfileNothingIsGrantedAndTheRefusalNamesWhoSetsIt() {
        Findings findings = check(List.of(QuotaFake.gpuTime(TENANT, null, null, 0, RESETS)));
        assertThatThrownBy(findings::requireGrantable).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem()).isEqualTo(Problem.LIMIT_REACHED);
            assertThat(refused.members()).containsEntry("owner", "administrators").containsEntry("rule", "slices");
        });
    }

    @Test
    void aRefusalCarriesTheNumbers() {
        Findings findings = check(Duration.ofHours(77), Duration.ofDays(7), GpuTime.ZERO, Optional.of(List.of(
                slices(null, null, 0), QuotaFake.gpuTime(TENANT, null, 9 * GpuTime.PART_SECONDS_PER_GPU_HOUR, 3, RESETS))));
        assertThatThrownBy(findings::requireGrantable).isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.members())
                .containsEntry("rule", "month-tenant")
                .containsEntry("level", "tenant")
                .containsEntry("limit", BigInteger.valueOf(9 * GpuTime.PART_SECONDS_PER_GPU_HOUR))
                .containsEntry("used", BigInteger.valueOf(3))
                .containsEntry("asked", GpuTime.ofGpuHours(11))
                .containsEntry("resets", RESETS));
    }

    @Test
    void aLeaseThatIsTooLongIsAProblemOfItsOwn() {
        Findings findings = check(Duration.ofDays(8), Duration.ofDays(7), GpuTime.ofGpuHours(100), unlimited());
        assertThatThrownBy(findings::requireGrantable).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem()).isEqualTo(Problem.LEASE_TOO_LONG);
            assertThat(refused.members()).containsEntry("limit", Duration.ofDays(7).toSeconds()).containsEntry("asked", Duration.ofDays(8).toSeconds());
        });
    }

    @Test
    void whatPolicyCouldNotLookAtAPersonDoes() {
        Findings findings = check(Duration.ofHours(1), Duration.ofDays(7), GpuTime.ofGpuHours(100), Optional.empty());
        assertThat(findings.outcome()).isEqualTo(Result.NEEDS_APPROVAL);
        findings.requireGrantable();
    }

    private static Findings check(List<LimitView> limits) {
        return check(Duration.ofHours(7), Duration.ofDays(7), GpuTime.ofGpuHours(100), Optional.of(limits));
    }

    private static Findings check(Duration lease, Duration longest, GpuTime atOnce, Optional<List<LimitView>> limits) {
        return RequestPolicy.check(new Asked(PROJECT, SEVENTH, lease, ZURICH), new ApprovalPolicy(atOnce, longest.toSeconds()), limits, NOW);
    }

    private static Optional<List<LimitView>> unlimited() {
        return Optional.of(List.of(slices(null, null, 0), QuotaFake.gpuTime(TENANT, null, null, 0, RESETS)));
    }

    private static LimitView slices(@Nullable ProjectId project, @Nullable Long allowed, long held) {
        return QuotaFake.slices(TENANT, project, SEVENTH.id(), allowed, held);
    }

    private static SliceProfile profile(String id, String name, int parts) {
        return new SliceProfile(id, name, "a card", "CARD", SliceProfileView.Kind.MIG, "nvidia.com/mig-" + name, 1, 1, parts, 1, 1, 9856, "cut", List.of(0), 1);
    }
}
