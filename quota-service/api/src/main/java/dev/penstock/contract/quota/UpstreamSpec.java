package dev.penstock.contract.quota;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param address what clients of it call its base URL, such as {@code https://api.example.com/v1}; without a path, {@code /v1} is meant
 * @param dialect how it is spoken to; left out: {@code OPENAI}
 * @param providerKey what it demands; kept encrypted and never told again. Null: the one that is kept stays, which only the same host may have
 * @param takes the highest class of data that it may be given
 * @param mostUnderWay calls that one replica sends it at once, at most
 * @param models none: it is withdrawn, and its key is deleted
 * @param reason why, for the audit trail
 */
public record UpstreamSpec(
        @NotNull @Size(min = 1, max = 500) String address,
        UpstreamDialect dialect,
        @Nullable @Size(min = 1, max = 500) String providerKey,
        @NotNull DataClass takes,
        @Min(1) @Max(100_000) int mostUnderWay,
        @NotNull @Size(max = 100) List<@NotNull @Valid UpstreamModel> models,
        @Nullable @Size(max = 500) String reason) {

    public UpstreamSpec {
        dialect = dialect == null ? UpstreamDialect.OPENAI : dialect;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "UpstreamSpec[address=" + address + ", dialect=" + dialect + ", takes=" + takes + ", mostUnderWay=" + mostUnderWay + ", models=" + models + "]";
    }
}
