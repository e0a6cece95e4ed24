package dev.penstock.quota;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.MemberId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant that no other test touches, registered over HTTP: two projects, an owner's group, and a member's group of the first project. */
public record TestTenant(RunningService service, TenantId id, String name, ProjectId project, ProjectId otherProject) {

    public static final String PROFILE = "h100-80.1g.10gb";
    /** One seventh of a GPU. */
    public static final int PARTS = 120;

    public static TestTenant register() {
        return register("UTC");
    }

    public static TestTenant register(String timeZone) {
        return register(RunningService.get(), timeZone);
    }

    public static TestTenant register(RunningService service, String timeZone) {
        TenantId id = new TenantId(UUID.randomUUID());
        TestTenant tenant = new TestTenant(service, id, "tenant-" + id.toString().substring(0, 8), new ProjectId(UUID.randomUUID()), new ProjectId(UUID.randomUUID()));
        tenant.registerAs(1, timeZone).is(200);
        return tenant;
    }

    public Answer registerAs(long version, String timeZone) {
        return service.send(service.service(), "PUT", "/api/registry/tenants/" + id, """
                {"version": %d, "name": "%s", "timeZone": "%s", "currency": "EUR",
                 "projects": [{"id": "%s", "name": "vision"}, {"id": "%s", "name": "language"}],
                 "members": [{"id": "%s", "kind": "GROUP", "principal": "%s", "role": "MEMBER", "project": "%s"},
                             {"id": "%s", "kind": "PERSON", "principal": "%s", "role": "OWNER", "project": null}]}"""
                .formatted(version, name, timeZone, project, otherProject, memberId(1), memberGroup(), project, memberId(2), owner()));
    }

    public MemberId memberId(int number) {
        return new MemberId(new UUID(id.value().getMostSignificantBits(), number));
    }

    public String memberGroup() {
        return name + "-vision";
    }

    public String owner() {
        return name + "-owner";
    }

    /** Enough of everything. */
    public TestTenant unlimited() {
        limit(null, "SLICES", PROFILE, null).is(200);
        limit(null, "GPU_TIME", null, null).is(200);
        return this;
    }

    public Answer limit(@Nullable ProjectId project, String meter, @Nullable String profile, @Nullable Long amount) {
        return limit(limitId(project, meter, profile), project, meter, profile, amount);
    }

    public Answer limit(LimitId limit, @Nullable ProjectId project, String meter, @Nullable String profile, @Nullable Long amount) {
        return service.send(service.admin(), "PUT", "/api/tenants/" + id + "/limits/" + limit, """
                {"project": %s, "meter": "%s", "profile": %s, "window": "%s", "amount": %s, "softPercent": 80, "reason": "for a test"}"""
                .formatted(quoted(project), meter, quoted(profile), meter.equals("SLICES") ? "NOW" : "MONTH", amount));
    }

    public Answer removeLimit(LimitId limit) {
        return service.send(service.admin(), "DELETE", "/api/tenants/" + id + "/limits/" + limit, null);
    }

    public LimitId limitId(@Nullable ProjectId project, String meter, @Nullable String profile) {
        return new LimitId(UUID.nameUUIDFromBytes((id + " " + project + " " + meter + " " + profile).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    public Answer reserve(SliceId slice, long leaseSeconds) {
        return reserve(slice, project, PROFILE, PARTS, leaseSeconds);
    }

    public Answer reserve(SliceId slice, ProjectId project, String profile, int parts, long leaseSeconds) {
        return service.send(service.service(), "PUT", slicePath(slice) + "/reservation", """
                {"project": "%s", "profile": "%s", "parts": %d, "leaseSeconds": %d}""".formatted(project, profile, parts, leaseSeconds));
    }

    public Answer release(SliceId slice) {
        return service.send(service.service(), "DELETE", slicePath(slice) + "/reservation", null);
    }

    public Answer time(SliceId slice, int phase, Object startedAt, long seconds) {
        return service.send(service.service(), "PUT", slicePath(slice) + "/time/" + phase, """
                {"startedAt": "%s", "seconds": %d}""".formatted(startedAt, seconds));
    }

    public String slicePath(SliceId slice) {
        return "/api/tenants/" + id + "/slices/" + slice;
    }

    public static SliceId newSlice() {
        return new SliceId(UUID.randomUUID());
    }

    /** {@code used/setAside} of a limit in its present period, as an administrator is told. */
    public String use(@Nullable ProjectId project, String meter, @Nullable String profile) {
        LimitId limit = limitId(project, meter, profile);
        for (var view : service.send(service.admin(), "GET", "/api/limits?tenant=" + id, null).is(200).body()) {
            if (view.path("id").asString().equals(limit.toString())) {
                return view.path("used").asLong() + "/" + view.path("setAside").asLong();
            }
        }
        return "no limit";
    }

    public String slices() {
        return use(null, "SLICES", PROFILE);
    }

    public String gpuTime() {
        return use(null, "GPU_TIME", null);
    }

    /** {@code action outcome} of every entry in the trail of this tenant, in order. */
    public List<String> trail() {
        return service.column("select action || ' ' || outcome from audit.entry where tenant_id = '" + id + "' order by at, id");
    }

    private static String quoted(@Nullable Object value) {
        return value == null ? "null" : "\"" + value + "\"";
    }
}
