package dev.penstock.quota.reservation;

import dev.penstock.contract.quota.Meter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Yes or no, and if no, which limit says so. Pure. */
final class Admission {

    /** What a person is told first: a slice too many before hours too many, the tenant before the project, the nearest month. */
    private static final Comparator<Standing> MOST_TELLING = Comparator.<Standing, Meter>comparing(standing -> standing.claim().rule().meter())
            .thenComparing(standing -> standing.claim().rule().level())
            .thenComparing(standing -> standing.claim().period());

    private Admission() {}

    /** The claim that does not fit; empty when all of them do, which is the only case in which anything is set aside. */
    static Optional<Standing> refusedBy(List<Standing> standings) {
        return standings.stream().filter(standing -> !standing.fits()).min(MOST_TELLING);
    }

    /** A meter that nobody has limited on the tenant. It is refused: "unlimited" is a value that somebody sets, not an oversight. */
    static Optional<Meter> notLimited(List<Rule> rules) {
        return List.of(Meter.SLICES, Meter.GPU_TIME).stream()
                .filter(meter -> rules.stream().noneMatch(rule -> rule.meter() == meter && rule.level() == Rule.Level.TENANT))
                .findFirst();
    }
}
