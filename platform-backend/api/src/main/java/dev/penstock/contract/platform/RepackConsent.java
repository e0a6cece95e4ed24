package dev.penstock.contract.platform;

import dev.penstock.contract.SliceId;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Consent to a proposal, with what it was shown to do.
 *
 * @param mostStopped what it was asked for with
 * @param fingerprint the proposal's
 * @param nodes that it cuts
 * @param stopped slices that it stops
 * @param noticeSeconds how long they are told before
 * @param reason shown to everyone who is stopped
 */
public record RepackConsent(
        @Min(0) @Max(1_000) int mostStopped,
        @NotBlank @Size(max = 64) String fingerprint,
        @NotNull List<String> nodes,
        @NotNull List<SliceId> stopped,
        @Min(0) @Max(604_800) long noticeSeconds,
        @Nullable @Size(max = 200) String reason) {

    public RepackConsent {
        nodes = List.copyOf(nodes);
        stopped = List.copyOf(stopped);
    }
}
