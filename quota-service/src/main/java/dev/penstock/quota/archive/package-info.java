/**
 * Usage that is old enough leaves the database: each day's rows are written to a file that an auditor reads without us, and only then dropped. Owns the
 * files, their format, and when a day may go; what is told of a day afterwards it looks up there, and {@code settlement} books it. Roll-ups and postings stay
 * where they are: what a month came to is known for good.
 *
 * <p>The law of this package: nothing is dropped that is not in a file which was read back; the database compares what the file holds with what it drops,
 * in the transaction that drops it. Whatever is repeated after a crash ends in the same state.
 */
@ApplicationModule(allowedDependencies = {"admission", "journal", "settlement", "turn", "usage"})
@NullMarked
package dev.penstock.quota.archive;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
