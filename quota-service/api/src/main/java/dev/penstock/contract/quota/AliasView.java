package dev.penstock.contract.quota;

import java.time.Instant;
import java.util.List;

/** @param targets none: it is withdrawn */
public record AliasView(String name, int version, RoutingStrategy strategy, List<AliasTarget> targets, String madeBy, Instant madeAt) {}
