/**
 * May this attempt spend? Owns the decision, what it sets aside on every limit of the tenant, the project and the key, and the intent: the
 * durable record that stands before the first byte goes upstream. Reads limits and never changes them ({@code limit} does); what becomes of
 * the intent is {@code settlement}'s.
 */
@NullMarked
package dev.penstock.quota.admission;

import org.jspecify.annotations.NullMarked;
