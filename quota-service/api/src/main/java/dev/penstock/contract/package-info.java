/**
 * The types every contract shares: ids, exact quantities and the catalogue of problems. Owns their JSON form. Knows no service, no
 * database and no screen; everything of ours may depend on it, and it depends on the JDK and annotations alone.
 */
@NullMarked
package dev.penstock.contract;

import org.jspecify.annotations.NullMarked;
