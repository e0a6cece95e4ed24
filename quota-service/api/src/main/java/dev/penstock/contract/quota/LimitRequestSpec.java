package dev.penstock.contract.quota;

import dev.penstock.contract.CallId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for.
 *
 * @param project for which; one that the limit counts
 * @param amount what the limit should allow, in the unit of its meter (see {@link LimitSpec}); more than it allows now
 * @param reason for whoever decides
 * @param call one that the limit refused; null: none
 */
public record LimitRequestSpec(
        @NotNull LimitId limit,
        @NotNull ProjectId project,
        @NotNull @Positive @Digits(integer = 37, fraction = 0) BigInteger amount,
        @NotBlank @Size(max = 500) String reason,
        @Nullable CallId call) {}
