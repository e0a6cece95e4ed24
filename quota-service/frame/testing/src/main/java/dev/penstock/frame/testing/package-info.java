/**
 * For the tests of both services: an issuer of access tokens that really signs and serves its keys, the architecture rules, and the check that the
 * API's document is checked in as it is. On no production class path.
 */
@NullMarked
package dev.penstock.frame.testing;

import org.jspecify.annotations.NullMarked;
