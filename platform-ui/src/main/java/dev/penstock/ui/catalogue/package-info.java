/**
 * The models one can run: the list with its filters, and a page for each with its facts, where it fits and what it costs. Owns how they are
 * found and compared; facts, fit and prices come from the services.
 */
@NullMarked
package dev.penstock.ui.catalogue;

import org.jspecify.annotations.NullMarked;
