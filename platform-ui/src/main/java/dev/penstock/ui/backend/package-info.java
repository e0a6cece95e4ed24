/**
 * The portal's side of the wire: clients of both services' contracts, the tokens of a portal session, their refresh, and one stream of
 * changes per session and service. Owns how the portal calls and listens; knows no screen and decides nothing.
 */
@NullMarked
package dev.penstock.ui.backend;

import org.jspecify.annotations.NullMarked;
