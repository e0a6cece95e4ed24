package dev.penstock.contract.quota;

import dev.penstock.contract.ModelTask;
import dev.penstock.contract.ProjectId;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a model is served.
 *
 * @param version grows with every change; an older one than known is ignored
 * @param model the name callers use; unique among what one project may call
 * @param shared whether every tenant may call it and pays for tokens; otherwise only its project may, at no price
 * @param address of the engine, such as {@code http://10.96.4.1:8000}; administrators alone decide which addresses exist
 * @param engineKey what the engine demands; kept encrypted
 * @param servedModel the name the engine knows it by
 * @param maxTokensPerByte most tokens that one byte of input can become; null: unknown, so the context is the bound
 * @param sku under which its tokens are priced
 * @param serving false: it exists and answers nothing now
 */
public record RouteRegistration(
        @Positive long version,
        @NotNull ProjectId project,
        @NotNull @Size(min = 1, max = 200) String model,
        boolean shared,
        @NotNull @Size(min = 1, max = 500) String address,
        @NotNull @Size(min = 1, max = 200) String engineKey,
        @NotNull @Size(min = 1, max = 50) String engine,
        @NotNull @Size(min = 1, max = 200) String servedModel,
        @NotNull @Size(min = 1) List<@NotNull ModelTask> tasks,
        @Positive long contextTokens,
        @Positive long maxOutputTokens,
        @Nullable @Positive Integer maxTokensPerByte,
        @NotNull @Size(min = 1, max = 200) String sku,
        boolean serving) {}
