package dev.penstock.contract.platform;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * @param kind what it holds: it is started accordingly
 * @param title for people
 * @param reference registry, repository and digest; a tag is refused, since it may mean something else tomorrow
 * @param offered whether it may be asked for; slices that were approved with it keep it
 */
public record WorkspaceImageSpec(
        @NotNull WorkspaceKind kind,
        @NotBlank @Size(max = 100) String title,
        @NotNull @Size(max = 400)
                @Pattern(regexp = "[a-z0-9][a-z0-9._:/-]*@sha256:[0-9a-f]{64}", message = "registry/repository@sha256:…, by digest and without a tag") String reference,
        boolean offered) {}
