package dev.penstock.contract.quota;

/** How an alias chooses among the targets of a tier. Those that fail or are far slower than the others are left out for a while by each of them. */
public enum RoutingStrategy {
    /** By chance, in proportion to the weights. */
    WEIGHTED,
    /** The one with the fewest calls under way for its weight. */
    LEAST_BUSY,
    /** The one that is heard soonest, its calls under way counted in. Weights have no say. */
    FASTEST,
    /** The same one for calls that belong together, as long as it is not overloaded: its cache knows what was said before. */
    SESSION
}
