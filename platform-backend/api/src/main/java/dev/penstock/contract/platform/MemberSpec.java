package dev.penstock.contract.platform;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.PrincipalKind;
import dev.penstock.contract.quota.TenantRole;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * @param principal name of the group, or subject of the person
 * @param project null: the role holds in the whole tenant
 */
public record MemberSpec(
        @NotNull PrincipalKind kind,
        @NotNull @Size(min = 1, max = 200) String principal,
        @NotNull TenantRole role,
        @Nullable ProjectId project) {}
