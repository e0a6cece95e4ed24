package dev.penstock.ui.playground;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * On what terms models are asked.
 *
 * @param system what they are told before; empty for nothing
 * @param temperature null leaves it to the model
 * @param maxTokens null leaves it to the model
 */
record Terms(String system, @Nullable BigDecimal temperature, @Nullable Integer maxTokens) {}
