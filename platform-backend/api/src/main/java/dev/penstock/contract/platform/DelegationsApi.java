package dev.penstock.contract.platform;

import dev.penstock.contract.DelegationId;
import dev.penstock.contract.TenantId;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** Who approves in whose place. The delegate may decide what the delegator may at that moment: no more, and nothing of what either of them asked for. */
@HttpExchange("/api")
public interface DelegationsApi {

    /**
     * Those that hold or will: given by the caller and to the caller; of a tenant they own all, with an organisation role all there are. The one that
     * ends first comes first; at most 500.
     */
    @GetExchange("/delegations")
    List<DelegationView> list();

    /**
     * The caller names who approves in their place in the tenant. The id is made by the client: the same id and content returns the first result, other
     * content {@code exists_but_different}. {@code invalid_input} for oneself and for a time that is over, ends before it begins or is longer
     * than is allowed; {@code limit_reached} when one has given too many; {@code not_allowed} for who may decide nothing there on a right of their own.
     */
    @PutExchange("/tenants/{tenant}/delegations/{delegation}")
    DelegationView put(@PathVariable TenantId tenant, @PathVariable DelegationId delegation, @Valid @RequestBody DelegationSpec spec);

    /** By who gave it, an owner of the tenant or an administrator. Ending what has ended changes nothing. */
    @PostExchange("/tenants/{tenant}/delegations/{delegation}/end")
    DelegationView end(@PathVariable TenantId tenant, @PathVariable DelegationId delegation);
}
