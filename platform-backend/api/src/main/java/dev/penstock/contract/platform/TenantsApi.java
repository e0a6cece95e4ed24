package dev.penstock.contract.platform;

import dev.penstock.contract.MemberId;
import dev.penstock.contract.MoveId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/** Tenants, projects, members and the approval policy. Every create takes an id made by the client and may be repeated. */
@HttpExchange("/api/tenants")
public interface TenantsApi {

    /** Those the caller may see, by name. */
    @GetExchange
    List<TenantView> list();

    @GetExchange("/{tenant}")
    TenantView get(@PathVariable TenantId tenant);

    /** Creates or changes a tenant; administrators only. {@code name_taken} when another tenant has the name. */
    @PutExchange("/{tenant}")
    TenantView put(@PathVariable TenantId tenant, @Valid @RequestBody TenantSpec spec);

    /** {@code name_taken} when another project of the same tenant has the name; names of other tenants' projects do not matter. */
    @PutExchange("/{tenant}/projects/{project}")
    TenantView putProject(
            @PathVariable TenantId tenant, @PathVariable ProjectId project, @Valid @RequestBody ProjectSpec spec);

    /**
     * Moves the project to another tenant, which is returned; administrators only. What it used stays where it was; it goes with its keys, its own
     * members and the limits on it and below. {@code wrong_state} while it holds slices or endpoints, waits for a request, or a move before this one is
     * not known everywhere.
     */
    @PutExchange("/{tenant}/projects/{project}/moves/{move}")
    TenantView moveProject(
            @PathVariable TenantId tenant, @PathVariable ProjectId project, @PathVariable MoveId move, @Valid @RequestBody MoveSpec spec);

    @PutExchange("/{tenant}/members/{member}")
    TenantView putMember(@PathVariable TenantId tenant, @PathVariable MemberId member, @Valid @RequestBody MemberSpec spec);

    @DeleteExchange("/{tenant}/members/{member}")
    TenantView removeMember(@PathVariable TenantId tenant, @PathVariable MemberId member);

    @PutExchange("/{tenant}/policy")
    TenantView putPolicy(@PathVariable TenantId tenant, @Valid @RequestBody ApprovalPolicy policy);
}
