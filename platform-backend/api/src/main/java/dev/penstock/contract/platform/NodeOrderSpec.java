package dev.penstock.contract.platform;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * @param node its name on the cluster
 * @param goal {@code CLOSE}, {@code EMPTY} or {@code OPEN}
 * @param noticeSeconds how long those on it are told before they are taken elsewhere, at most a week; only when it is emptied
 * @param reason shown to everyone whom it concerns
 */
public record NodeOrderSpec(
        @NotBlank @Size(max = 253) String node, @NotNull NodeGoal goal, @Min(0) @Max(604_800) long noticeSeconds, @Nullable @Size(max = 200) String reason) {}
