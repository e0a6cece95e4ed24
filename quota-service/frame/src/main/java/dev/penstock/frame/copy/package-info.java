/**
 * Copies in memory of what the tables say, for questions that are asked too often to ask the database. Owns how a copy is kept fresh, checked,
 * and no longer trusted when it is too old. Owns no table: who has a copy brings the statements that read it.
 */
@NullMarked
package dev.penstock.frame.copy;

import org.jspecify.annotations.NullMarked;
