package dev.penstock.simulators.cluster.admission;

import dev.penstock.simulators.cluster.store.Admission;
import java.util.List;

/** The rules in the order they run: complete first, then judge the complete object. */
public final class Admissions {

    private Admissions() {
    }

    public static List<Admission> all() {
        return List.of(new NameRules(), new Defaults(), new Quantities(), new LimitRanges(), new ServiceAddresses(),
                new PodRules(), new FixedFields(), new PodSecurity(), new QuotaAdmission());
    }
}
