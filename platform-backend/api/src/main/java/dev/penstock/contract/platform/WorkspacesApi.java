package dev.penstock.contract.platform;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Getting into workspaces that run, for members of their project. */
@HttpExchange("/api/tenants/{tenant}/slices/{slice}/workspace")
public interface WorkspacesApi {

    /**
     * A ticket for the caller's browser; each call makes another one. {@code wrong_state} while the workspace is not ready, if it is none that is opened in a
     * browser, and where this installation has no address for workspaces.
     */
    @PostExchange("/open")
    WorkspaceTicket open(@PathVariable TenantId tenant, @PathVariable SliceId slice);

    /**
     * Signs the caller's key. {@code invalid_input} for what is no Ed25519 key, {@code wrong_state} while the workspace is not ready or if it is none that
     * is reached by SSH.
     */
    @PostExchange("/ssh-certificate")
    SshCertificate sign(@PathVariable TenantId tenant, @PathVariable SliceId slice, @Valid @RequestBody SshKeySpec spec);
}
