/**
 * The screen of what was used: sums over time by model, key, project, tenant or person, and the calls themselves. Owns the ranges one can choose;
 * the sums are the service's.
 */
@NullMarked
package dev.penstock.ui.usage;

import org.jspecify.annotations.NullMarked;
