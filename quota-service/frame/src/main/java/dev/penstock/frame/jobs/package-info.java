/**
 * One database role and pool per job, and transactions that say for whom they work. A thread reaches the database only inside
 * {@link dev.penstock.frame.jobs.JobTransactions}; the tenant and the actor are settings of that transaction and of nothing longer, so that
 * a pooled connection cannot carry them on. Owns how columns are read, and no SQL of any feature.
 */
@NullMarked
package dev.penstock.frame.jobs;

import org.jspecify.annotations.NullMarked;
