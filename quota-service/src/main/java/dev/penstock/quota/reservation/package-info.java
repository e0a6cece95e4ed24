/**
 * What is set aside for slices, and the time they used. Owns reservations, allotments, the use of every limit in every period, and booked
 * slice time. Reads limits and never changes them ({@code limit} does); does not know what a slice is made of or where it runs.
 *
 * <p>The law of this package: what is set aside grows only in a statement that also checks the limit; what is booked is final and never
 * refused; and both can be counted again from reservations and booked time alone, which is what opening a period does.
 */
@ApplicationModule(allowedDependencies = {"access", "calendar", "ledger", "rating"})
@NullMarked
package dev.penstock.quota.reservation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
