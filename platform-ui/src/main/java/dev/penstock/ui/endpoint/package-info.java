/**
 * Models that are served: the list, and a page for each with what really happened, how to call it, what it writes, and starting, stopping
 * and deleting it. Owns how an endpoint is shown; what it does, platform-backend owns.
 */
@NullMarked
package dev.penstock.ui.endpoint;

import org.jspecify.annotations.NullMarked;
