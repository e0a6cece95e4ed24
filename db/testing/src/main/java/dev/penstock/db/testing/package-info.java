/**
 * A real, migrated PostgreSQL for tests: Testcontainers where a container engine runs, embedded otherwise; the log says which. For test
 * class paths only.
 */
@NullMarked
package dev.penstock.db.testing;

import org.jspecify.annotations.NullMarked;
