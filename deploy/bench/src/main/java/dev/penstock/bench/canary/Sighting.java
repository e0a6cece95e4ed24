package dev.penstock.bench.canary;

/** That a canary was found, and as what. */
public record Sighting(Canary canary, Form form) {}
