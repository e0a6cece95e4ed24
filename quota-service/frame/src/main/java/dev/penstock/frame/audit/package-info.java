/**
 * Writing to the audit trail: a thin call of {@code audit.append} in the change's own transaction, and refusals in one of their own. If
 * the entry cannot be written, the change does not happen. Sealing and reading are quota-service's.
 */
@NullMarked
package dev.penstock.frame.audit;

import org.jspecify.annotations.NullMarked;
