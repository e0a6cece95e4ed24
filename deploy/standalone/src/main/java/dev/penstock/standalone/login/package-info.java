/**
 * The development identity provider: a real OpenID Connect provider whose people are made up and need no password. Owns the personas, the
 * clients and the sign-in page. It listens on the loopback address only and is on no production class path.
 */
@NullMarked
package dev.penstock.standalone.login;

import org.jspecify.annotations.NullMarked;
