/**
 * What both services stand in: who calls, one database role per job, audit, problems, live changes. An application imports
 * {@link dev.penstock.frame.ServiceFrame} and says with a {@link dev.penstock.frame.jobs.JobsInUse} bean which database roles it works
 * as. Owns no business of its own.
 */
@NullMarked
package dev.penstock.frame;

import org.jspecify.annotations.NullMarked;
