/** Statements: the months of the tenants, and a month line by line down to its rows. Owns how they are read; every number is the service's. */
@NullMarked
package dev.penstock.ui.statement;

import org.jspecify.annotations.NullMarked;
