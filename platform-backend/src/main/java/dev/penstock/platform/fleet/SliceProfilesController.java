package dev.penstock.platform.fleet;

import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.contract.platform.SliceProfilesApi;
import dev.penstock.frame.audit.Audited;
import java.util.List;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue with what is free. It lives here because only the fleet knows. */
@RestController
class SliceProfilesController implements SliceProfilesApi {

    private final Availability availability;

    SliceProfilesController(Availability availability) {
        this.availability = availability;
    }

    @Override
    @Audited(action = "slice-profile.list", subject = "slice-profile")
    public List<SliceProfileView> list() {
        return availability.all();
    }
}
