package dev.penstock.platform.workspace;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.SshCertificate;
import dev.penstock.contract.platform.SshKeySpec;
import dev.penstock.contract.platform.WorkspaceTicket;
import dev.penstock.contract.platform.WorkspacesApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.platform.slice.SliceKey;
import org.springframework.web.bind.annotation.RestController;

@RestController
class WorkspacesController implements WorkspacesApi {

    private final Entrances entrances;

    WorkspacesController(Entrances entrances) {
        this.entrances = entrances;
    }

    @Override
    @Audited(action = "workspace.open", subject = "slice", id = "slice")
    public WorkspaceTicket open(TenantId tenant, SliceId slice) {
        return entrances.open(new SliceKey(tenant, slice));
    }

    @Override
    @Audited(action = "workspace.sign", subject = "slice", id = "slice")
    public SshCertificate sign(TenantId tenant, SliceId slice, SshKeySpec spec) {
        return entrances.sign(new SliceKey(tenant, slice), spec);
    }
}
