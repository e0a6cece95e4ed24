package dev.penstock.quota.allotment;

import dev.penstock.contract.LimitId;
import java.math.BigInteger;
import java.util.List;

/** What became of a {@link Draw}. Only {@link Granted} has drawn anything. */
public sealed interface Drawing {

    /** @param holdings the rows of all that was asked for, except where nothing was needed and nothing was left */
    record Granted(List<Holding> holdings) implements Drawing {}

    /** @param refusals of the limits that have not enough left; not empty */
    record Refused(List<Refusal> refusals) implements Drawing {}

    /** Periods that nobody has counted yet. Counting takes the tenant's lock alone, so it is done first. */
    record NotCounted(List<PotId> pots) implements Drawing {}

    /** Limits that are not there any more: the rules have to be read again. */
    record Gone(List<LimitId> limits) implements Drawing {}

    /** Another process goes by this replica's name. */
    record Superseded() implements Drawing {}

    /**
     * What the limit said, with its rows locked.
     *
     * @param needed more than the limit has left
     * @param recall the number of the recall that was made; 0: nobody else holds anything of it
     * @param awaited whether somebody who is there has not answered that recall yet
     */
    record Refusal(PotId pot, BigInteger amount, BigInteger settled, BigInteger leased, BigInteger needed, long recall, boolean awaited) {}
}
