/**
 * Who calls: the verified access token as a {@link dev.penstock.frame.identity.Caller}, and the groups that make somebody an
 * administrator, auditor or finance. Owns the security filter chain of the REST interfaces. Does not own who may do what; that is each
 * service's {@code access}.
 */
@NullMarked
package dev.penstock.frame.identity;

import org.jspecify.annotations.NullMarked;
