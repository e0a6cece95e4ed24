package dev.penstock.ui.fakes;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.Me.MyProject;
import dev.penstock.contract.platform.Me.MyTenant;
import dev.penstock.contract.platform.Me;
import dev.penstock.contract.platform.OrganisationRole;
import dev.penstock.contract.quota.TenantRole;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The development logins. */
public enum Persona {
    SCIENTIST(
            "Dana Sand",
            Set.of(),
            List.of(new MyTenant(
                    Ids.RESEARCH,
                    "research",
                    "Europe/Berlin",
                    "EUR",
                    null,
                    List.of(new MyProject(Ids.VISION, "research-vision", TenantRole.MEMBER))))),
    OWNER(
            "Otto Weber",
            Set.of(),
            List.of(new MyTenant(
                    Ids.RESEARCH,
                    "research",
                    "Europe/Berlin",
                    "EUR",
                    TenantRole.OWNER,
                    List.of(
                            new MyProject(Ids.VISION, "research-vision", TenantRole.OWNER),
                            new MyProject(Ids.LANGUAGE, "research-language", TenantRole.OWNER))))),
    ADMIN("Ada Dietz", Set.of(OrganisationRole.ADMIN), everything()),
    AUDITOR("Aud Unger", Set.of(OrganisationRole.AUDITOR), everything()),
    FINANCE("Finn Ance", Set.of(OrganisationRole.FINANCE), everything()),
    /** Signed in, member of nothing. */
    STRANGER("Sam Tranger", Set.of(), List.of());

    private final String fullName;
    private final Set<OrganisationRole> roles;
    private final List<MyTenant> tenants;

    Persona(String fullName, Set<OrganisationRole> roles, List<MyTenant> tenants) {
        this.fullName = fullName;
        this.roles = roles;
        this.tenants = tenants;
    }

    public Me me() {
        return new Me(name().toLowerCase(Locale.ROOT), fullName, roles, tenants, false);
    }

    public boolean is(OrganisationRole role) {
        return roles.contains(role);
    }

    private static List<MyTenant> everything() {
        return List.of(
                tenant(Ids.RESEARCH, "research", null, new MyProject(Ids.VISION, "research-vision", null), new MyProject(Ids.LANGUAGE, "research-language", null)),
                tenant(Ids.RISK, "risk", null, new MyProject(Ids.SCORING, "risk-scoring", null)));
    }

    private static MyTenant tenant(
            TenantId id, String name, @Nullable TenantRole role, MyProject... projects) {
        return new MyTenant(id, name, "Europe/Berlin", "EUR", role, List.of(projects));
    }
}
