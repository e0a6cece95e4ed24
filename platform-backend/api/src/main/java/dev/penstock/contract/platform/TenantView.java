package dev.penstock.contract.platform;

import dev.penstock.contract.MemberId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.PrincipalKind;
import dev.penstock.contract.quota.TenantRole;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tenant as those see it who may. */
public record TenantView(
        TenantId id,
        String name,
        String title,
        String timeZone,
        String currency,
        List<CostCentre> costCentres,
        List<Project> projects,
        List<Member> members,
        ApprovalPolicy policy,
        Instant createdAt) {

    /** @param from first day, in the tenant's calendar, on which it holds */
    public record CostCentre(String code, LocalDate from) {}

    public record Project(ProjectId id, String name, Instant createdAt) {}

    public record Member(MemberId id, PrincipalKind kind, String principal, TenantRole role, @Nullable ProjectId project) {}
}
