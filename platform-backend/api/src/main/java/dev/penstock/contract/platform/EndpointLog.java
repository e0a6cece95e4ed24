package dev.penstock.contract.platform;

import java.util.List;

/** The last lines the engine wrote, oldest first; empty while nothing runs. */
public record EndpointLog(List<String> lines) {}
