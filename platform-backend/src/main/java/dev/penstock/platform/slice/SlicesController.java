package dev.penstock.platform.slice;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.LeaseSpec;
import dev.penstock.contract.platform.SliceDetail;
import dev.penstock.contract.platform.SliceView;
import dev.penstock.contract.platform.SlicesApi;
import dev.penstock.frame.audit.Audited;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SlicesController implements SlicesApi {

    private final SliceViews views;
    private final HeldSlices held;

    SlicesController(SliceViews views, HeldSlices held) {
        this.views = views;
        this.held = held;
    }

    @Override
    @Audited(action = "slice.list", subject = "slice")
    public List<SliceView> list(@Nullable TenantId tenant, @Nullable ProjectId project) {
        return views.list(tenant, project);
    }

    @Override
    @Audited(action = "slice.read", subject = "slice", id = "slice")
    public SliceDetail get(TenantId tenant, SliceId slice) {
        return views.detail(new SliceKey(tenant, slice));
    }

    @Override
    @Audited(action = "slice.extend", subject = "slice", id = "slice")
    public SliceDetail extend(TenantId tenant, SliceId slice, LeaseSpec lease) {
        SliceKey key = new SliceKey(tenant, slice);
        held.extend(key, Duration.ofSeconds(lease.leaseSeconds()));
        return views.detail(key);
    }

    @Override
    @Audited(action = "slice.suspend", subject = "slice", id = "slice")
    public SliceDetail suspend(TenantId tenant, SliceId slice) {
        SliceKey key = new SliceKey(tenant, slice);
        held.suspend(key);
        return views.detail(key);
    }

    @Override
    @Audited(action = "slice.resume", subject = "slice", id = "slice")
    public SliceDetail resume(TenantId tenant, SliceId slice) {
        SliceKey key = new SliceKey(tenant, slice);
        held.resume(key);
        return views.detail(key);
    }

    @Override
    @Audited(action = "slice.release", subject = "slice", id = "slice")
    public SliceDetail release(TenantId tenant, SliceId slice) {
        SliceKey key = new SliceKey(tenant, slice);
        held.release(key);
        return views.detail(key);
    }
}
