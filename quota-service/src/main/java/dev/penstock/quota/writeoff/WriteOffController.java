package dev.penstock.quota.writeoff;

import dev.penstock.contract.quota.WriteOffSpec;
import dev.penstock.contract.quota.WriteOffView;
import dev.penstock.contract.quota.WriteOffsApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.quota.access.Access;
import java.util.UUID;
import org.springframework.web.bind.annotation.RestController;

@RestController
class WriteOffController implements WriteOffsApi {

    private final Access access;
    private final WriteOffs writeOffs;

    WriteOffController(Access access, WriteOffs writeOffs) {
        this.access = access;
        this.writeOffs = writeOffs;
    }

    @Override
    @Audited(action = "replica.write-off", subject = "replica", id = "replica")
    public WriteOffView writeOff(String replica, UUID journal, WriteOffSpec spec) {
        access.requireAdmin();
        return writeOffs.declare(access.actor(), replica, journal, spec.reason());
    }
}
