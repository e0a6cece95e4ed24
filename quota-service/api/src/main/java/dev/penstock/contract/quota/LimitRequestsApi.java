package dev.penstock.contract.quota;

import dev.penstock.contract.LimitRequestId;
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

/**
 * Requests for more than a limit allows. Members of a project ask, administrators decide, and nobody decides their own. Repeating what was done does nothing
 * more.
 */
@HttpExchange("/api")
public interface LimitRequestsApi {

    /** Of the projects that the caller sees, those that wait first, then the newest decided; 200 at most. */
    @GetExchange("/limit-requests")
    List<LimitRequestView> list(@RequestParam(required = false) @Nullable TenantId tenant);

    /** Asks; the id is made by the client. {@code wrong_state} if the caller waits for more of the same limit already. */
    @PutExchange("/tenants/{tenant}/limit-requests/{request}")
    LimitRequestView submit(@PathVariable TenantId tenant, @PathVariable LimitRequestId request, @Valid @RequestBody LimitRequestSpec spec);

    /** Changes the limit. {@code changed_meanwhile} if it is not as the decider saw it. */
    @PostExchange("/tenants/{tenant}/limit-requests/{request}/approve")
    LimitRequestView approve(@PathVariable TenantId tenant, @PathVariable LimitRequestId request, @Valid @RequestBody LimitApproval approval);

    @PostExchange("/tenants/{tenant}/limit-requests/{request}/reject")
    LimitRequestView reject(@PathVariable TenantId tenant, @PathVariable LimitRequestId request, @Valid @RequestBody LimitRejection rejection);

    /** By whoever asked. */
    @PostExchange("/tenants/{tenant}/limit-requests/{request}/withdraw")
    LimitRequestView withdraw(@PathVariable TenantId tenant, @PathVariable LimitRequestId request);
}
