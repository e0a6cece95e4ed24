/**
 * The data path: applications' calls to models, on event loops. {@link dev.penstock.quota.gateway.CallHandler} is its one handler, with
 * numbered steps. Owns the HTTP server on a port of its own, the connections to engines and upstreams, relaying, and what happens when either side goes away.
 * Never waits, reaches no database, and knows no price: who calls and where models live is asked of {@code grant}, whether they may spend of
 * {@code admission}, and every end of an attempt is told to {@code journal}.
 */
@ApplicationModule(allowedDependencies = {"grant", "apikey", "alias", "route", "upstream", "admission", "journal", "refusal", "steering", "stop"})
@NullMarked
package dev.penstock.quota.gateway;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
