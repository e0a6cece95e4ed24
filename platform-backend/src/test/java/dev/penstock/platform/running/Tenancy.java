package dev.penstock.platform.running;

import dev.penstock.contract.MemberId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tenant of a test's own, made over HTTP as an administrator would: one project {@code alpha}, one owner group, one group of members of
 * the project.
 */
public record Tenancy(RunningPlatform platform, String name, TenantId tenant, ProjectId project) {

    static Tenancy create(RunningPlatform platform, String name) {
        Tenancy tenancy = new Tenancy(platform, name, new TenantId(platform.nextId()), new ProjectId(platform.nextId()));
        platform.mustPut(tenancy.path(), platform.admin(), tenancy.spec(name));
        platform.mustPut(tenancy.path() + "/projects/" + tenancy.project(), platform.admin(), Map.of("name", "alpha"));
        tenancy.addMember("GROUP", name + "-owners", "OWNER", null);
        tenancy.addMember("GROUP", name + "-alpha", "MEMBER", tenancy.project());
        return tenancy;
    }

    public Map<String, Object> spec(String called) {
        return Map.of("name", called, "title", called, "costCentre", "CC-1", "timeZone", "Europe/Zurich", "currency", "CHF");
    }

    /** The tenant's address. */
    public String path() {
        return "/api/tenants/" + tenant;
    }

    /** A token of a member of the project. */
    public String member(String subject) {
        return platform.issuer().person(subject, name + "-alpha");
    }

    /** A token of an owner of the tenant. */
    public String owner(String subject) {
        return platform.issuer().person(subject, name + "-owners");
    }

    public MemberId addMember(String kind, String principal, String role, @Nullable ProjectId in) {
        MemberId id = new MemberId(platform.nextId());
        Map<String, Object> spec = new HashMap<>(Map.of("kind", kind, "principal", principal, "role", role));
        if (in != null) {
            spec.put("project", in.toString());
        }
        platform.mustPut(path() + "/members/" + id, platform.admin(), spec);
        return id;
    }

    public void setPolicy(long approvesUpToPartSeconds, long longestLeaseSeconds) {
        platform.mustPut(path() + "/policy", platform.admin(), Map.of("approvesUpTo", approvesUpToPartSeconds, "longestLeaseSeconds", longestLeaseSeconds));
    }

    /** Address of requests of the project. */
    public String requests() {
        return path() + "/projects/" + project + "/slice-requests/";
    }

    public static Map<String, Object> request(String name, String profile, long leaseSeconds) {
        return Map.of("name", name, "profile", profile, "leaseSeconds", leaseSeconds, "purpose", "fine-tuning");
    }

    /** Address of endpoints of the project. */
    public String endpoints() {
        return path() + "/projects/" + project + "/endpoints/";
    }

    public static Map<String, Object> endpoint(String name, String model, String profile, long contextTokens, boolean shared) {
        return Map.of(
                "name", name, "model", model, "profile", profile, "contextTokens", contextTokens, "shared", shared, "leaseSeconds", 3600, "purpose", "a pilot");
    }
}
