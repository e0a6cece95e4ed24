package dev.penstock.standalone.demo;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.contract.platform.SliceView;
import dev.penstock.contract.platform.Me;
import dev.penstock.contract.quota.KeyMade;
import dev.penstock.standalone.client.Api;
import dev.penstock.standalone.client.Directory;
import dev.penstock.standalone.client.ModelAnswer;
import dev.penstock.standalone.client.ModelClient;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/** Who plays, and what they made so far. */
final class Cast {

    static final String SHARED_CHAT = "qwen2.5-7b-instruct";
    static final String SHARED_EMBEDDINGS = "bge-m3";

    final Directory directory;
    final Clock clock;
    final Supplier<UUID> ids;
    final Api scientist;
    final Api stranger;
    final Api admin;
    final Api auditor;
    final Api finance;

    /** Part of every name that is made, so that the demo can be played again beside what an earlier one left. */
    final String suffix;

    final Prop<Home> home = new Prop<>("the scientist's project");
    final Prop<SliceRequestView> request = new Prop<>("a request");
    final Prop<SliceView> slice = new Prop<>("a slice");
    final Prop<EndpointView> endpoint = new Prop<>("an endpoint");
    final Prop<KeyMade> key = new Prop<>("a key");
    final Prop<ModelAnswer> streamed = new Prop<>("a streamed answer");

    Cast(Directory directory, Clock clock, Supplier<UUID> ids) {
        this.directory = directory;
        this.clock = clock;
        this.ids = ids;
        this.scientist = new Api(directory, "scientist");
        this.stranger = new Api(directory, "scientist2");
        this.admin = new Api(directory, "admin");
        this.auditor = new Api(directory, "auditor");
        this.finance = new Api(directory, "finance");
        this.suffix = ids.get().toString().substring(0, 6);
    }

    /** Where a scientist works. */
    record Home(TenantId tenant, ProjectId project, String tenantName, String projectName, String timeZone) {

        static Home of(Me person) {
            for (Me.MyTenant tenant : person.tenants()) {
                for (Me.MyProject project : tenant.projects()) {
                    if (project.role() != null) {
                        return new Home(tenant.id(), project.id(), tenant.name(), project.name(), tenant.timeZone());
                    }
                }
            }
            throw new Unexpected("expected a project with a role for " + person.subject() + ", seen none");
        }
    }

    KeyId keyId() {
        return key.get().key().id();
    }

    /** Calls with the key that was made. */
    ModelClient caller() {
        String secret = key.get().secret();
        if (secret == null) {
            throw new Missing("the secret of the key");
        }
        return ModelClient.withKey(directory, secret);
    }
}
