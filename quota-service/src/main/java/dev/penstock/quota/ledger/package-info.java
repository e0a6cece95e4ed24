/**
 * The books: entries whose postings add up to zero in every unit. Owns accounts, entries and postings; knows nothing of what they are booked
 * for. A leaf. What is booked is never changed; a mistake is put right by a further entry.
 *
 * <p>A booking is a list of transfers, each of which adds an amount to what one account owes and takes it from another, so that it cannot be
 * out of balance; the database checks it again.
 *
 * <pre>
 * tokens that a caller used      caller        owes  n    the endpoint's upstream  owes −n
 * their price                    caller        owes  m    revenue                  owes −m
 * tokens nobody pays             platform-loss owes  n    the endpoint's upstream  owes −n
 * and what they were worth       platform-loss owes  m    revenue                  owes −m
 * tokens booked, not produced    the other way round
 * written off with a replica     platform-loss owes  m    revenue                  owes −m
 * and its journal turned up      the other way round
 * </pre>
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.penstock.quota.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
