package dev.penstock.standalone.system;

import dev.penstock.standalone.client.Api;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.Me;
import dev.penstock.contract.platform.SliceRequestSpec;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.SliceView;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/** What a scientist of one project does over the public interfaces. */
final class Team {

    private final Api api;
    private final TenantId tenant;
    private final ProjectId project;

    Team(RunningPenstock penstock, String persona) {
        this.api = penstock.as(persona);
        Me.MyTenant first = api.me().me().tenants().getFirst();
        this.tenant = first.id();
        this.project = first.projects().stream().filter(each -> each.role() != null).findFirst().orElseThrow().id();
    }

    Api api() {
        return api;
    }

    TenantId tenant() {
        return tenant;
    }

    ProjectId project() {
        return project;
    }

    SliceRequestView ask(String name, String profile, Duration lease) {
        return api.requests().submit(tenant, project, new RequestId(UUID.randomUUID()), new SliceRequestSpec(name, profile, lease.toSeconds(), "system test"));
    }

    SliceView slice(SliceRequestView request) {
        SliceRequestView now = api.requests().get(tenant, request.id());
        return api.slices().get(tenant, Objects.requireNonNull(now.slice(), () -> now + " became no slice")).slice();
    }

    SliceView await(SliceRequestView request, SliceState state, Duration atMost) {
        Eventually.eventually(request.name() + " is " + state, atMost, () -> slice(request).state() == state);
        return slice(request);
    }
}
