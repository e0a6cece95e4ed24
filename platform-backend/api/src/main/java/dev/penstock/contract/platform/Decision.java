package dev.penstock.contract.platform;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** @param reason required to reject */
public record Decision(@Nullable @Size(max = 1000) String reason) {}
