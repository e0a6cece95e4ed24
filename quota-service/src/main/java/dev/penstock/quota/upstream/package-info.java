/**
 * Servers outside of the house: which there are, where calls to them may go, and of which class the data is that they and projects have. Owns the tables of these, the
 * encryption of what providers demand, the addresses that calls are pinned to, and copies in memory that follow the tables within a second. Does
 * not own who may call what ({@code grant}), nor the sending ({@code gateway}).
 */
@ApplicationModule(allowedDependencies = {"access"})
@NullMarked
package dev.penstock.quota.upstream;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
