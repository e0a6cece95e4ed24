/**
 * Changes as server-sent events. A change is a row written in the transaction that makes it; one reader per replica takes the rows in
 * an order in which none can be skipped, and every open page gets those its person may see, from a cursor on. Owns the tables
 * {@code platform.change} and {@code quota.change}; does not own who sees what.
 */
@NullMarked
package dev.penstock.frame.live;

import org.jspecify.annotations.NullMarked;
