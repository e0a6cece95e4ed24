package dev.penstock.contract.quota;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import jakarta.validation.Valid;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** By which other model a project's calls are answered, and what becomes of them when a budget runs out. Owners and administrators say so; members read it. */
@HttpExchange("/api/tenants/{tenant}")
public interface SteeringApi {

    /** Of the projects that the caller sees, by name; those without a policy too. */
    @GetExchange("/steering")
    List<SteeringView> list(@PathVariable TenantId tenant);

    /** Makes the next version: {@code changed_meanwhile} unless it is the last one's number plus 1, or the same again. */
    @PutExchange("/projects/{project}/steering/{version}")
    SteeringView make(@PathVariable TenantId tenant, @PathVariable ProjectId project, @PathVariable int version, @Valid @RequestBody SteeringSpec spec);

    /** What calls cost that were answered otherwise than they asked, and what the same tokens would have cost as asked. */
    @GetExchange("/projects/{project}/steering/savings")
    SavingsView savings(@PathVariable TenantId tenant, @PathVariable ProjectId project, @RequestParam Instant from, @RequestParam Instant to);

    /** What these rules would have made of the project's calls, by what the books know of them. Nothing is changed. */
    @PostExchange("/projects/{project}/steering/replay")
    ReplayView replay(@PathVariable TenantId tenant, @PathVariable ProjectId project, @Valid @RequestBody ReplaySpec spec);
}
