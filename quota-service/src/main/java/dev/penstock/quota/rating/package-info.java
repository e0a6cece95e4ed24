/**
 * What use costs. Owns price books and the arithmetic: whole numbers of 10⁻¹² of a currency, tokens times price, nothing rounded. A leaf; does
 * not know who pays, nor what was used.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.penstock.quota.rating;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
