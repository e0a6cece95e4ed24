package dev.penstock.platform.tenant;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.platform.MemberSpec;
import dev.penstock.contract.quota.PrincipalKind;
import dev.penstock.contract.quota.TenantRole;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** @param projectId null: the role holds in the whole tenant */
@Embeddable
record Member(
        @Enumerated(EnumType.STRING) PrincipalKind kind,
        String principal,
        @Enumerated(EnumType.STRING) TenantRole role,
        @Nullable UUID projectId) {

    static Member of(MemberSpec spec) {
        ProjectId project = spec.project();
        return new Member(spec.kind(), spec.principal(), spec.role(), project == null ? null : project.value());
    }

    MemberSpec spec() {
        return new MemberSpec(kind, principal, role, project());
    }

    @Nullable ProjectId project() {
        return projectId == null ? null : new ProjectId(projectId);
    }

    /** Whether both name the same principal in the same place: there one of them is enough. */
    boolean standsWhere(Member other) {
        return kind == other.kind && principal.equals(other.principal) && Objects.equals(projectId, other.projectId);
    }
}
