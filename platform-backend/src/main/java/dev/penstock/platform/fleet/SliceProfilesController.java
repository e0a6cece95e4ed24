package dev.penstock.platform.fleet;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.contract.platform.SliceProfilesApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.platform.access.Access;
import java.util.List;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue with what is free. It lives here because only the fleet knows. */
@RestController
class SliceProfilesController implements SliceProfilesApi {

    private final Availability availability;
    private final Access access;

    SliceProfilesController(Availability availability, Access access) {
        this.availability = availability;
        this.access = access;
    }

    @Override
    @Audited(action = "slice-profile.list", subject = "slice-profile")
    public List<SliceProfileView> list() {
        return availability.shown(null);
    }

    @Override
    @Audited(action = "slice-profile.list", subject = "tenant", id = "tenant")
    public List<SliceProfileView> ofTenant(TenantId tenant) {
        access.requireSees(tenant, null);
        return availability.shown(tenant);
    }
}
