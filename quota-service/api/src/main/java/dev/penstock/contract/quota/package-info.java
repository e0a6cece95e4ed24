/**
 * What quota-service offers over HTTP: the interfaces its controllers implement and its callers import, and the records they exchange.
 * Owns no behaviour.
 */
@NullMarked
package dev.penstock.contract.quota;

import org.jspecify.annotations.NullMarked;
