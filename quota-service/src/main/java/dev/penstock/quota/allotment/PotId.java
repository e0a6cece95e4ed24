package dev.penstock.quota.allotment;

import dev.penstock.contract.LimitId;
import dev.penstock.frame.jobs.UuidOrder;
import dev.penstock.quota.calendar.Period;

/** One limit in one period: what is counted by one row, and drawn into one pot. Ordered as PostgreSQL orders the rows, which is how they are locked. */
public record PotId(LimitId limit, Period period) implements Comparable<PotId> {

    @Override
    public int compareTo(PotId other) {
        int byLimit = UuidOrder.AS_DATABASE.compare(limit.value(), other.limit.value());
        return byLimit == 0 ? period.compareTo(other.period) : byLimit;
    }
}
