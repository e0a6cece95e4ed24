package dev.penstock.contract.quota;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** Keys of projects. Members of the project make, rotate and revoke them; administrators revoke any. */
@HttpExchange("/api")
public interface KeysApi {

    /** Those the caller may see, active ones first, then newest first; at most 500. */
    @GetExchange("/keys")
    List<KeyView> list(@RequestParam(required = false) @Nullable TenantId tenant, @RequestParam(required = false) @Nullable ProjectId project);

    /** Those of the keys that the caller may see. */
    @GetExchange("/keys/reports/{report}")
    KeyReportView report(
            @PathVariable KeyReport report, @RequestParam(required = false) @Nullable TenantId tenant, @RequestParam(required = false) @Nullable ProjectId project);

    /**
     * Which of these texts are keys: for a service that searches for leaked ones, administrators and auditors. Texts that are no keys of ours, or have another
     * secret, are not in the answer. Nothing of what is asked is kept; of a key that works it is kept that it was found.
     */
    @PostExchange("/keys/check")
    List<KeyFound> check(@Valid @RequestBody KeyCheck check);

    /** Makes a key. Repeating it returns the key without its secret; other content is {@code exists_but_different}. */
    @PutExchange("/tenants/{tenant}/projects/{project}/keys/{key}")
    KeyMade make(@PathVariable TenantId tenant, @PathVariable ProjectId project, @PathVariable KeyId key, @Valid @RequestBody KeySpec spec);

    /** Within two seconds no gateway accepts it. Repeating it changes nothing. */
    @PostExchange("/tenants/{tenant}/keys/{key}/revoke")
    KeyView revoke(@PathVariable TenantId tenant, @PathVariable KeyId key);

    /**
     * Gives the key a new secret, told this once; the one that works now goes on for the time of grace. While two work there is no third: repeating it is
     * {@code wrong_state}, and the way on is to end one of the two.
     */
    @PostExchange("/tenants/{tenant}/keys/{key}/rotate")
    KeyMade rotate(@PathVariable TenantId tenant, @PathVariable KeyId key, @Valid @RequestBody KeyRotation rotation);

    /**
     * Ends one of two secrets that work, the new one as well as the old; within two seconds no gateway accepts it. The last one is not ended: that is
     * revoking the key. Repeating it changes nothing.
     *
     * @param start how the secret begins, as {@link KeySecret} tells it
     */
    @PostExchange("/tenants/{tenant}/keys/{key}/secrets/{start}/end")
    KeyView endSecret(@PathVariable TenantId tenant, @PathVariable KeyId key, @PathVariable String start);
}
