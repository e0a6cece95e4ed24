package dev.penstock.simulators.cluster.admission;

import dev.penstock.simulators.cluster.store.Admission;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** The rules in the order they run: complete first, then judge the complete object. */
public final class Admissions {

    private Admissions() {
    }

    /**
     * All rules.
     *
     * @param cluster what tells this cluster's addresses from those of another one on the same machine
     * @param more of what may be installed beside the API server; they complete as its own webhooks do
     */
    public static List<Admission> all(UUID cluster, Admission more, Clock clock) {
        return List.of(new NameRules(), new Defaults(), new Quantities(), new LimitRanges(), new ServiceAddresses(cluster),
                more, new SchedulingGates(clock), new PodRules(), new ClaimRules(), new FixedFields(), new PodSecurity(), new QuotaAdmission());
    }
}
