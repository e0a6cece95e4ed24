/**
 * The screen of the audit trail: how far it is sealed, its entries with before and after, the proof of each, and the bundle to verify
 * offline. Owns no check: quota-service verifies, and so does the auditor's own verifier.
 */
@NullMarked
package dev.penstock.ui.audit;

import org.jspecify.annotations.NullMarked;
