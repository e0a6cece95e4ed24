/**
 * Keys that applications call with. Owns what a key looks like, how it is proved without being kept, making and revoking, and a copy of all
 * keys in memory that follows the tables within a second. Does not own what a key may call ({@code grant}) or how much ({@code limit}).
 */
@ApplicationModule(allowedDependencies = {"access"})
@NullMarked
package dev.penstock.quota.apikey;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
