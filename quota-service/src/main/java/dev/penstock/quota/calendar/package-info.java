/**
 * A tenant's calendar: in which month an instant falls, and when that month begins and ends, in the tenant's time zone. Pure, a leaf; knows
 * no table.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.penstock.quota.calendar;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
