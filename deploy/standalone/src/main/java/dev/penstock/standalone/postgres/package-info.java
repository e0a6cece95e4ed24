/**
 * One PostgreSQL server for this installation: its programs, its data, its start and its stop, also after a launcher that was killed. It
 * is durable: whatever it acknowledged is on disk. Owns no schema and no role but the server's administrator.
 */
@NullMarked
package dev.penstock.standalone.postgres;

import org.jspecify.annotations.NullMarked;
