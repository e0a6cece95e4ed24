package dev.penstock.quota.allotment;

import java.math.BigInteger;
import java.util.List;

/** What became of a try to take in memory: everything, or nothing was changed. */
public sealed interface Taking {

    record Taken(List<Share> shares) implements Taking {}

    /** @param lacks of the pots that have not enough; not empty. It is no refusal. */
    record Short(List<Lack> lacks) implements Taking {}

    /** @param lacking what would have to be free besides */
    record Lack(PotId pot, BigInteger lacking) {}
}
