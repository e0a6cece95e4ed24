package dev.penstock.standalone;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.MemberId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids of the development data. Each follows from a name, so that writing the data again finds what is there. */
final class DevelopmentIds {

    private DevelopmentIds() {}

    static TenantId tenant(String name) {
        return new TenantId(of("tenant/" + name));
    }

    static ProjectId project(String name) {
        return new ProjectId(of("project/" + name));
    }

    static MemberId member(String name) {
        return new MemberId(of("member/" + name));
    }

    static LimitId limit(String name) {
        return new LimitId(of("limit/" + name));
    }

    static EndpointId endpoint(String name) {
        return new EndpointId(of("endpoint/" + name));
    }

    private static UUID of(String name) {
        return UUID.nameUUIDFromBytes(("penstock development " + name).getBytes(StandardCharsets.UTF_8));
    }
}
