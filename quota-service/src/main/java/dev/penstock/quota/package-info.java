/**
 * Quota and the record of it: who may hold how much, what is held, what was used, and the audit trail. Owns the wiring of the program;
 * each feature is a package below. Never calls platform-backend, so that it goes on without the control plane.
 */
@NullMarked
package dev.penstock.quota;

import org.jspecify.annotations.NullMarked;
