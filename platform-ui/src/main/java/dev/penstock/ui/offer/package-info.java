/**
 * What runs already for everybody, and what calling it costs. Owns how a shared endpoint and its prices find together for a screen; the
 * services own both.
 */
@NullMarked
package dev.penstock.ui.offer;

import org.jspecify.annotations.NullMarked;
