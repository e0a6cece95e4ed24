/**
 * A replica's shares of limits. Owns the taking in memory, all levels or none; how much is drawn ahead, what is returned, what a refusal may be
 * remembered for, and the statements by which an allotment grows, is used up and is returned. Knows no rule and no price: it is told what is
 * asked of which limit. When an attempt's end is durable is the journal's to say.
 *
 * <p>The law of this package: {@code leased} grows only in a statement that also checks the limit; an allotment's three counters only grow, so
 * every change can be repeated; what an attempt did not use becomes free once its end is durable and not before; memory never refuses.
 */
@ApplicationModule(allowedDependencies = {"calendar", "reservation"})
@NullMarked
package dev.penstock.quota.allotment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
