package dev.penstock.quota.upstream;

import dev.penstock.contract.quota.UpstreamSpec;
import dev.penstock.contract.quota.UpstreamView;
import dev.penstock.contract.quota.UpstreamsApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.quota.access.Access;
import java.util.List;
import org.springframework.web.bind.annotation.RestController;

@RestController
class UpstreamsController implements UpstreamsApi {

    private final Access access;
    private final UpstreamMaking upstreams;

    UpstreamsController(Access access, UpstreamMaking upstreams) {
        this.access = access;
        this.upstreams = upstreams;
    }

    @Override
    @Audited(action = "upstream.list", subject = "upstream")
    public List<UpstreamView> list() {
        access.requireReviewer();
        return upstreams.list(access.actor());
    }

    @Override
    @Audited(action = "upstream.make", subject = "upstream", id = "name")
    public UpstreamView make(String name, int version, UpstreamSpec spec) {
        access.requireAdmin();
        return upstreams.make(access.actor(), name, version, spec);
    }
}
