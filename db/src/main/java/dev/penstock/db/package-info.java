/**
 * The database's shape: Flyway migrations of the schemas {@code platform}, {@code quota} and {@code audit}, the roles, and the program
 * that applies them. Owns every table; no application role does. Knows no application.
 */
@NullMarked
package dev.penstock.db;

import org.jspecify.annotations.NullMarked;
