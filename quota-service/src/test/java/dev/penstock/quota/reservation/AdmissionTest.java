package dev.penstock.quota.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.quota.calendar.Period;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {

    private static final ProjectId PROJECT = new ProjectId(new UUID(1, 1));

    @ParameterizedTest(name = "{1} used, {2} set aside, {3} asked of {0}: {4}")
    @CsvSource({
        "10,, 0, 10, true",
        "10, 0, 0, 11, false",
        "10, 3, 6, 1, true",
        "10, 3, 7, 1, false",
        "10, 12, 0, 1, false",
        "0, 0, 0, 1, false",
        ", 1000, 1000, 1, true",
        "9223372036854775807, 9223372036854775800, 0, 7, true",
    })
    void whatFits(Long limit, Long used, long setAside, long asked, boolean fits) {
        Claim claim = new Claim(rule(null, Meter.GPU_TIME, limit), Period.ALWAYS, asked);
        assertThat(new Standing(claim, used == null ? 0 : used, setAside).fits()).isEqualTo(fits);
    }

    @Test
    void theMostTellingRefusalIsNamed() {
        Standing timeOfTenant = refused(null, Meter.GPU_TIME);
        Standing slicesOfProject = refused(PROJECT, Meter.SLICES);
        Standing slicesOfTenant = refused(null, Meter.SLICES);
        Standing fine = new Standing(new Claim(rule(null, Meter.SLICES, null), Period.ALWAYS, 1), 0, 0);
        assertThat(Admission.refusedBy(List.of(fine, timeOfTenant, slicesOfProject, slicesOfTenant))).contains(slicesOfTenant);
        assertThat(Admission.refusedBy(List.of(timeOfTenant, slicesOfProject))).contains(slicesOfProject);
        assertThat(Admission.refusedBy(List.of(fine))).isEmpty();
    }

    @Test
    void onlyTheTenantsOwnLimitMakesUpForNoLimit() {
        Rule slices = rule(null, Meter.SLICES, 1L);
        Rule time = rule(null, Meter.GPU_TIME, null);
        Rule projectTime = rule(PROJECT, Meter.GPU_TIME, 1L);
        assertThat(Admission.notLimited(List.of())).contains(Meter.SLICES);
        assertThat(Admission.notLimited(List.of(slices, projectTime))).contains(Meter.GPU_TIME);
        assertThat(Admission.notLimited(List.of(slices, time))).isEmpty();
    }

    private static Standing refused(ProjectId project, Meter meter) {
        return new Standing(new Claim(rule(project, meter, 1L), Period.ALWAYS, 1), 0, 1);
    }

    private static Rule rule(ProjectId project, Meter meter, Long amount) {
        return new Rule(new LimitId(new UUID(2, meter.ordinal())), project, "somebody", meter, meter == Meter.SLICES ? "p" : null, amount);
    }
}
