/**
 * What is known of attempts between their admission and their settlement, in files that outlive the process: what they were promised, the ends
 * that were told, and for every attempt that is alive the last count that was read. An attempt is admitted only when the journal has a place for
 * its end and the disk has taken all before, so accepting an end never fails and never waits, also on an event loop. Does not own what admission
 * promises in the database, in direct mode, and settles nothing: {@code settlement} does.
 *
 * <p>The law of this package: an intent has completed only when it stands in a file; settlement takes only what stands in a file; a file is deleted only when everything in it is settled; whatever a file
 * says is what was written into it, or it is refused. What the bytes mean ({@link dev.penstock.quota.journal.Replay} and below) is free of
 * files, threads and clocks.
 */
@ApplicationModule(allowedDependencies = {"allotment", "calendar"})
@NullMarked
package dev.penstock.quota.journal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
