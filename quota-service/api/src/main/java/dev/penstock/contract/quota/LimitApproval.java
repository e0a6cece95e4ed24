package dev.penstock.contract.quota;

import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * More is granted.
 *
 * @param present what the limit allows as the decider sees it; if it is something else by now, nothing is saved
 * @param amount what it will allow; more than now, and not more than was asked for
 * @param words for whoever asked
 */
public record LimitApproval(
        @NotNull @PositiveOrZero @Digits(integer = 37, fraction = 0) BigInteger present,
        @NotNull @Positive @Digits(integer = 37, fraction = 0) BigInteger amount,
        @Nullable @Size(max = 500) String words) {}
