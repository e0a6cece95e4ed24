package dev.penstock.quota.allotment;

/** Rules that are broken on purpose, one at a time, to see that the simulation notices. */
enum Flaw {
    NONE(1),
    /** What an attempt did not use is free when it ends, and not once that is durable. */
    FREE_BEFORE_DURABLE(1),
    /** A replica that comes back returns what its former life held, and settles that one's attempts afterwards. */
    RETURN_BEFORE_SETTLED(6),
    /** Levels are taken one after the other, and given back when one of them is short. */
    LEVEL_BY_LEVEL(1),
    /** A draw does not look at the limit. */
    UNCHECKED_DRAW(1),
    /** A return names the part and not the total. */
    RETURN_NAMES_THE_PART(1),
    /** Settling does not look whether the row is there already. */
    SETTLED_TWICE(1),
    /** A draw whose answer was lost is taken for granted. */
    LOST_IS_GRANTED(1),
    /** Who is cut off lets its streams run on when others take its slots back. */
    SLOTS_OUTLIVE_CONTACT(91),
    /** What becomes free of a limit that was lowered is taken again. */
    LOWERED_IS_REUSED(51),
    /** Settling finds the allotment by limit and period, and not by its number. */
    SHARE_WITHOUT_NUMBER(1),
    /** A replica that comes back with an empty disk returns what its former life held. */
    ANY_JOURNAL_RETURNS(1),
    /** Recalls are not answered. */
    RECALLS_IGNORED(41),
    /** Only the rows that are known are settled on: a limit that was set under way misses the attempt. */
    ONLY_TAKEN_IS_SETTLED(1);

    /** Where to begin looking: so that the short form of the test is short. */
    final long from;

    Flaw(long from) {
        this.from = from;
    }
}
