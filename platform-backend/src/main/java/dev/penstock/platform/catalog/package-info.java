/**
 * What can be had: slice profiles and models, as data. Owns their description and a copy in memory. Does not know how many are free, who
 * holds one, what fits what, or what anything costs.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.penstock.platform.catalog;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
