/**
 * Penstock on one machine: starts PostgreSQL, the development identity provider, the simulated cluster and the three real programs in
 * their order, stops them in the reverse order, and says how to use them. Owns the command line and what is written for scripts. For
 * development, trials and system tests; it is on no production class path.
 */
@NullMarked
package dev.penstock.standalone;

import org.jspecify.annotations.NullMarked;
