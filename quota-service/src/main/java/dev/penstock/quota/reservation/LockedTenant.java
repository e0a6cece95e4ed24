package dev.penstock.quota.reservation;

import dev.penstock.contract.TenantId;
import dev.penstock.quota.calendar.TenantCalendar;

/** A tenant whose limits, reservations and booked time nobody else moves until the transaction ends. */
public record LockedTenant(TenantId id, String name, TenantCalendar calendar) {}
