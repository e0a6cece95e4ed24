package dev.penstock.contract.quota;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/** Limits and their use. Administrators set them; members read their tenant's. */
@HttpExchange("/api")
public interface LimitsApi {

    /** The limits the caller may see with their present use, by tenant, project and meter. */
    @GetExchange("/limits")
    List<LimitView> list(@RequestParam(required = false) @Nullable TenantId tenant);

    /**
     * Creates or changes a limit; the id is made by the client. Lowering below what is used is allowed: nothing more fits, and what was admitted goes
     * on.
     */
    @PutExchange("/tenants/{tenant}/limits/{limit}")
    LimitView put(@PathVariable TenantId tenant, @PathVariable LimitId limit, @Valid @RequestBody LimitSpec spec);

    @DeleteExchange("/tenants/{tenant}/limits/{limit}")
    void remove(@PathVariable TenantId tenant, @PathVariable LimitId limit);
}
