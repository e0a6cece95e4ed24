/**
 * What is owed to the ledger between the end of an attempt and its settlement: a bounded queue in memory. An attempt is admitted only when the
 * journal has a place for its end, so accepting an end never fails and never waits, also on an event loop. Owns no durable record: that is
 * the intent, which admission wrote before anything was forwarded. What a dying process loses here is an intent without an end, and
 * {@code settlement} finds it.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.penstock.quota.journal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
