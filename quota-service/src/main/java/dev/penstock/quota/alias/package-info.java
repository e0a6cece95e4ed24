/**
 * Names that stand for several models, and how one of those is chosen. Owns their versions, which never change, and a copy in memory that follows
 * the tables within a second. Does not own the models ({@code route}), who may call them ({@code grant}), nor the choosing ({@code gateway.balance}).
 */
@ApplicationModule(allowedDependencies = {"access"})
@NullMarked
package dev.penstock.quota.alias;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
