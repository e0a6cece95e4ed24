/**
 * How a person comes in and goes out: the identity provider, the session cookie, the security headers, sign-out in every tab. Owns no
 * role: what a person may do, the services say.
 */
@NullMarked
package dev.penstock.ui.signin;

import org.jspecify.annotations.NullMarked;
