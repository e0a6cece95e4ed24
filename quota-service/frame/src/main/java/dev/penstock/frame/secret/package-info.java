/**
 * Keys that lie in files outside of the database, several versions at once so that they can be changed without a stop. Owns how such a file
 * is written and checked. What a key is for is its user's.
 */
@NullMarked
package dev.penstock.frame.secret;

import org.jspecify.annotations.NullMarked;
