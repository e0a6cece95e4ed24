package dev.penstock.quota.allotment;

import dev.penstock.contract.LimitId;
import dev.penstock.quota.calendar.Period;
import java.util.UUID;

/** One limit in one period: what is counted by one row, and drawn into one pot. Ordered as PostgreSQL orders the rows, which is how they are locked. */
public record PotId(LimitId limit, Period period) implements Comparable<PotId> {

    @Override
    public int compareTo(PotId other) {
        UUID one = limit.value();
        UUID two = other.limit.value();
        int byLimit = Long.compareUnsigned(one.getMostSignificantBits(), two.getMostSignificantBits());
        if (byLimit == 0) {
            byLimit = Long.compareUnsigned(one.getLeastSignificantBits(), two.getLeastSignificantBits());
        }
        return byLimit == 0 ? period.compareTo(other.period) : byLimit;
    }
}
