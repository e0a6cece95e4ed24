package dev.penstock.ui.fakes;

import dev.penstock.contract.DelegationId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.DelegationSpec;
import dev.penstock.contract.platform.DelegationState;
import dev.penstock.contract.platform.DelegationView;
import dev.penstock.contract.platform.DelegationsApi;
import dev.penstock.contract.platform.Me;
import dev.penstock.contract.platform.OrganisationRole;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.contract.quota.TenantRole;
import dev.penstock.ui.backend.BackendProblem;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Who approves in whose place. */
public final class FakeDelegations implements DelegationsApi {

    public final Map<DelegationId, DelegationView> all = new LinkedHashMap<>();

    private final FakeServices services;
    private final Clock clock;

    FakeDelegations(FakeServices services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    @Override
    public List<DelegationView> list() {
        services.up();
        Me me = services.persona();
        return all.values().stream()
                .filter(each -> each.state() != DelegationState.ENDED)
                .filter(each -> concerns(each, me.subject()) || manages(each.tenant()))
                .map(each -> with(each, each.state(), each.delegator().equals(me.subject()) || me.is(OrganisationRole.ADMIN)))
                .toList();
    }

    @Override
    public DelegationView put(TenantId tenant, DelegationId delegation, DelegationSpec spec) {
        services.up();
        Me me = services.persona();
        if (spec.delegate().equals(me.subject())) {
            throw new BackendProblem(Problem.INVALID_INPUT, "delegate: that is you.", "11aa-22bd");
        }
        Instant now = clock.instant();
        Instant from = spec.from();
        var view = new DelegationView(
                delegation, tenant, services.name(tenant), me.subject(), me.name(), spec.delegate(), Objects.requireNonNullElse(from, now), spec.until(),
                from == null ? DelegationState.ACTIVE : DelegationState.COMING, now, null, null, true);
        all.put(delegation, view);
        return view;
    }

    @Override
    public DelegationView end(TenantId tenant, DelegationId delegation) {
        services.up();
        DelegationView ended = with(FakeServices.found(all.get(delegation)), DelegationState.ENDED, false);
        all.put(delegation, ended);
        return ended;
    }

    boolean name(String subject) {
        return all.values().stream().anyMatch(each -> each.state() != DelegationState.ENDED && each.delegate().equals(subject));
    }

    /** In whose place somebody decides it. */
    Optional<DelegationView> of(String subject, SliceRequestView request) {
        return all.values().stream()
                .filter(each -> each.state() == DelegationState.ACTIVE && each.delegate().equals(subject) && each.tenant().equals(request.tenant()))
                .filter(each -> !each.delegator().equals(request.requestedBy()) && !subject.equals(request.requestedBy()))
                .findFirst();
    }

    private static boolean concerns(DelegationView delegation, String subject) {
        return delegation.delegator().equals(subject) || delegation.delegate().equals(subject);
    }

    private boolean manages(TenantId tenant) {
        Me me = services.persona();
        return !me.organisationRoles().isEmpty() || me.tenants().stream().anyMatch(each -> each.id().equals(tenant) && each.role() == TenantRole.OWNER);
    }

    private static DelegationView with(DelegationView was, DelegationState state, boolean mayEnd) {
        return new DelegationView(
                was.id(), was.tenant(), was.tenantName(), was.delegator(), was.delegatorName(), was.delegate(), was.from(), was.until(), state, was.givenAt(),
                was.endedAt(), was.endedBy(), mayEnd);
    }
}
