/**
 * For the tests of both services: an issuer of access tokens that really signs and serves its keys, and the architecture rules. On no
 * production class path.
 */
@NullMarked
package dev.penstock.frame.testing;

import org.jspecify.annotations.NullMarked;
