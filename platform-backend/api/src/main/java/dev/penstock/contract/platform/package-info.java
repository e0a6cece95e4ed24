/**
 * What platform-backend offers over HTTP: the interfaces its controllers implement and its callers import, and the records they
 * exchange. Owns no behaviour.
 */
@NullMarked
package dev.penstock.contract.platform;

import org.jspecify.annotations.NullMarked;
