/**
 * A small HTTP/1.1 server on virtual threads. The JDK's own server can neither upgrade a connection to a web socket (which
 * is how Kubernetes clients watch) nor drop one in the middle (which is how networks fail); this one can. Owns connections
 * and their bounds; knows nothing of what is served.
 */
@NullMarked
package dev.penstock.simulators.http;

import org.jspecify.annotations.NullMarked;
