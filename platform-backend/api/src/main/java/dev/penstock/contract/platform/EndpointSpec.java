package dev.penstock.contract.platform;

import dev.penstock.contract.quota.ReservationSpec;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;

/**
 * @param name unique in the project, also among its slices
 * @param model id of a model of the catalogue
 * @param profile id of a slice profile
 * @param contextTokens longest context it is to serve
 * @param shared true: every tenant may call it and pays for tokens; only administrators, and only in the platform's own tenant
 * @param leaseSeconds for how long its slice is asked at a time; while the endpoint runs the lease is renewed, as far as quota allows
 * @param purpose read by whoever decides
 */
public record EndpointSpec(
        @NotNull @Pattern(regexp = "[a-z][a-z0-9.-]{0,38}[a-z0-9]", message = "lower case letters, digits, dots and hyphens, 2 to 40") String name,
        @NotNull @Size(max = 100) String model,
        @NotNull @Size(max = 100) String profile,
        @Positive long contextTokens,
        boolean shared,
        @Min(60) @Max(ReservationSpec.LONGEST_LEASE_SECONDS) long leaseSeconds,
        @NotNull @Size(min = 1, max = 1000) String purpose) {}
