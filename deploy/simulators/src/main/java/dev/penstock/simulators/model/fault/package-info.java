/**
 * What goes wrong with a model server, on demand: late, broken and lying answers. Owns the list of faults in force and their
 * counting; what a fault does is done where the answer is written.
 */
@NullMarked
package dev.penstock.simulators.model.fault;

import org.jspecify.annotations.NullMarked;
