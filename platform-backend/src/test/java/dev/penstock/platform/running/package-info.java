/** A running platform-backend for tests: the real program on a real database, an issuer that signs, and quota-service played by hand. */
@NullMarked
package dev.penstock.platform.running;

import org.jspecify.annotations.NullMarked;
