package dev.penstock.contract.platform;

import dev.penstock.contract.quota.ReservationSpec;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * @param name of the slice; unique among the project's live slices and open requests
 * @param profile id of a slice profile
 * @param leaseSeconds from the moment it is ready
 * @param purpose read by whoever decides
 * @param workspace what runs on it; null: a plain shell whose files go with the pod
 * @param startsAt from when a part is to be reserved, to the second; the lease then runs from here. Null: it is wanted as soon as there is one
 */
public record SliceRequestSpec(
        @NotNull @Pattern(regexp = "[a-z][a-z0-9-]{0,38}[a-z0-9]", message = "lower case letters, digits and hyphens, 2 to 40") String name,
        @NotNull @Size(max = 100) String profile,
        @Min(60) @Max(ReservationSpec.LONGEST_LEASE_SECONDS) long leaseSeconds,
        @NotNull @Size(min = 1, max = 1000) String purpose,
        @Valid @Nullable WorkspaceSpec workspace,
        @Nullable Instant startsAt) {

    public SliceRequestSpec {
        startsAt = startsAt == null ? null : startsAt.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Of a plain shell, wanted as soon as there is a part. */
    public SliceRequestSpec(String name, String profile, long leaseSeconds, String purpose) {
        this(name, profile, leaseSeconds, purpose, null, null);
    }
}
