package dev.penstock.simulators.cluster.admission;

import dev.penstock.simulators.cluster.store.Admission;
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
     */
    public static List<Admission> all(UUID cluster) {
        return List.of(new NameRules(), new Defaults(), new Quantities(), new LimitRanges(), new ServiceAddresses(cluster),
                new PodRules(), new ClaimRules(), new FixedFields(), new PodSecurity(), new QuotaAdmission());
    }
}
