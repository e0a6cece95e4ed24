package dev.penstock.contract.quota;

import dev.penstock.contract.Money;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import java.time.Instant;

/** Booked time of a slice within one month and one price. */
public record SliceTimeRow(SliceId slice, int phase, ProjectId project, String profile, Instant from, Instant to, long seconds, int priceVersion, Money cost) {}
