/**
 * What the machine gives: the data folder with its lock and its secrets, files that nobody else may read, and ports. Owns every refusal
 * that the machine is the reason for. Knows none of the programs that run on it.
 */
@NullMarked
package dev.penstock.standalone.machine;

import org.jspecify.annotations.NullMarked;
