/** What a measuring program reads of this process and of PostgreSQL: time on processors, live heap, bytes. Fails by no figure. */
@NullMarked
package dev.penstock.quota.measuring;

import org.jspecify.annotations.NullMarked;
