package dev.penstock.contract.quota;

import dev.penstock.contract.MemberId;
import dev.penstock.contract.ProjectId;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant with all its projects and members, as a whole.
 *
 * @param version grows with every change; an older one is ignored
 * @param timeZone IANA name; the calendar of the tenant's days and months
 * @param currency ISO 4217
 */
public record TenantRegistration(
        @Positive long version,
        @NotNull @Size(max = 63) String name,
        @NotNull String timeZone,
        @NotNull String currency,
        @NotNull @Size(max = 1000) List<Project> projects,
        @NotNull @Size(max = 10_000) List<Member> members) {

    public record Project(@NotNull ProjectId id, @NotNull String name) {}

    /** @param project null: the role holds in the whole tenant */
    public record Member(
            @NotNull MemberId id,
            @NotNull PrincipalKind kind,
            @NotNull String principal,
            @NotNull TenantRole role,
            @Nullable ProjectId project) {}
}
