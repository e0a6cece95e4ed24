package dev.penstock.contract.quota;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That some calls are answered by another model. It holds for a call for which all hold that it says.
 *
 * @param asked the models or aliases that calls name; empty: any
 * @param purposes that calls or their keys declare; empty: any
 * @param mostPromptTokens its prompt has so many at most, at four bytes each; null: any length
 * @param mostComplexity its score is so much at most, of 0 to 10; null: any
 * @param use the model or alias that answers. Where the caller may not call it, or it cannot answer the call, the next rule is asked
 */
public record SteeringRule(
        @NotNull @Size(max = 20) List<@NotNull @Size(min = 1, max = 200) String> asked,
        @NotNull @Size(max = 20) List<@NotNull @Pattern(regexp = "[a-z0-9][a-z0-9-]{0,39}") String> purposes,
        @Nullable @Min(1) @Max(100_000_000) Long mostPromptTokens,
        @Nullable @Min(0) @Max(10) Integer mostComplexity,
        @NotNull @Size(min = 1, max = 200) String use) {}
