/**
 * Who may call what: a key calls for its project, a person for a project of theirs; a project calls shared models and its own. Owns no table:
 * it puts together what {@code apikey}, {@code route}, {@code alias} and
 * {@code access} hold in memory.
 */
@ApplicationModule(allowedDependencies = {"access", "alias", "apikey", "route", "rating"})
@NullMarked
package dev.penstock.quota.grant;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
