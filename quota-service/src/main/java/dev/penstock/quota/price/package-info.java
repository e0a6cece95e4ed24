/**
 * Price books as people make and read them: one after the other, each complete, none ever changed. Owns the rules of making the next one.
 * What a number of tokens costs is {@code rating}'s.
 */
@ApplicationModule(allowedDependencies = {"access"})
@NullMarked
package dev.penstock.quota.price;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
