package dev.penstock.ui.fakes;

import dev.penstock.contract.CallId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.LimitRequestId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.LimitApproval;
import dev.penstock.contract.quota.LimitRejection;
import dev.penstock.contract.quota.LimitRequestSpec;
import dev.penstock.contract.quota.LimitRequestState;
import dev.penstock.contract.quota.LimitRequestView;
import dev.penstock.contract.quota.LimitRequestsApi;
import dev.penstock.contract.quota.Meter;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.base.Roles;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests for more than a limit allows. */
public final class FakeLimitRequests implements LimitRequestsApi {

    /** As whoever asked sees them. */
    public final Map<LimitRequestId, LimitRequestView> made = new LinkedHashMap<>();

    private final FakeServices services;
    private final Clock clock;

    FakeLimitRequests(FakeServices services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    /** One that waits, and one that was granted in part. */
    public void fill() {
        made.clear();
        Instant now = clock.instant();
        add(view(
                0xb01, Meter.MONEY, "money a month of the project research-vision", eur(96), eur(96), eur(150), "Evaluation of the new reader until Friday", "scientist",
                now.minus(Duration.ofHours(5)), LimitRequestState.SUBMITTED, null, null, null));
        add(view(
                0xb02, Meter.REQUESTS, "calls a minute of the project research-vision", BigInteger.valueOf(1_200), BigInteger.valueOf(2_400), BigInteger.valueOf(5_000),
                "The nightly batch takes until noon", "olga", now.minus(Duration.ofDays(6)), LimitRequestState.APPROVED, BigInteger.valueOf(2_400), "adele", "Twice as many for now"));
    }

    private static BigInteger eur(long whole) {
        return BigInteger.valueOf(whole).multiply(BigInteger.TEN.pow(12));
    }

    private static LimitRequestView view(
            int number, Meter meter, String title, BigInteger before, BigInteger present, BigInteger amount, String reason, String by, Instant at, LimitRequestState state,
            @Nullable BigInteger granted, @Nullable String decidedBy, @Nullable String words) {
        return new LimitRequestView(
                new LimitRequestId(Ids.uuid(number)), Ids.RESEARCH, "research", Ids.VISION, "research-vision", new LimitId(Ids.uuid(0x900 + number)), title, meter, before, present,
                amount, reason, new CallId(Ids.uuid(0xa03)), by, at, at.plus(Duration.ofDays(14)), state, granted, decidedBy, decidedBy == null ? null : at.plus(Duration.ofHours(3)),
                words, false, false);
    }

    private LimitRequestView add(LimitRequestView request) {
        made.put(request.id(), request);
        return seen(request);
    }

    private LimitRequestView seen(LimitRequestView of) {
        boolean waits = of.state() == LimitRequestState.SUBMITTED;
        boolean own = of.askedBy().equals(services.persona().subject());
        return new LimitRequestView(
                of.id(), of.tenant(), of.tenantName(), of.project(), of.projectName(), of.limit(), of.title(), of.meter(), of.before(), of.present(), of.amount(), of.reason(),
                of.call(), of.askedBy(), of.askedAt(), of.lapsesAt(), of.state(), of.granted(), of.decidedBy(), of.decidedAt(), of.words(),
                waits && !own && Roles.isAdministrator(services.persona()), waits && own);
    }

    private LimitRequestView decided(LimitRequestView was, LimitRequestState state, @Nullable BigInteger granted, @Nullable String words) {
        return add(new LimitRequestView(
                was.id(), was.tenant(), was.tenantName(), was.project(), was.projectName(), was.limit(), was.title(), was.meter(), was.before(),
                granted == null ? was.present() : granted, was.amount(), was.reason(), was.call(), was.askedBy(), was.askedAt(), was.lapsesAt(), state, granted,
                services.persona().subject(), clock.instant(), words, false, false));
    }

    @Override
    public List<LimitRequestView> list(@Nullable TenantId tenant) {
        services.up();
        return made.values().stream()
                .filter(request -> tenant == null || request.tenant().equals(tenant))
                .filter(request -> services.seen(request.tenant(), request.project(), null, null))
                .map(this::seen)
                .toList();
    }

    @Override
    public LimitRequestView submit(TenantId tenant, LimitRequestId request, LimitRequestSpec spec) {
        services.up();
        if (list(tenant).stream().anyMatch(each -> each.mayWithdraw() && each.limit().equals(spec.limit()))) {
            throw new BackendProblem(Problem.WRONG_STATE, "You have asked for more of this limit already; withdraw that first to ask for something else.", "77aa-0007");
        }
        return add(new LimitRequestView(
                request, tenant, services.name(tenant), spec.project(), "research-vision", spec.limit(), "tokens a day of the project research-vision", Meter.TOKENS,
                BigInteger.valueOf(2_000_000), BigInteger.valueOf(2_000_000), spec.amount(), spec.reason(), spec.call(), services.persona().subject(), clock.instant(),
                clock.instant().plus(Duration.ofDays(14)), LimitRequestState.SUBMITTED, null, null, null, null, false, false));
    }

    @Override
    public LimitRequestView approve(TenantId tenant, LimitRequestId request, LimitApproval approval) {
        services.up();
        LimitRequestView was = FakeServices.found(made.get(request));
        if (!approval.present().equals(was.present())) {
            throw new BackendProblem(Problem.CHANGED_MEANWHILE, "The limit does not allow " + approval.present() + " any more; nothing was saved.", "77aa-0008");
        }
        return decided(was, LimitRequestState.APPROVED, approval.amount(), approval.words());
    }

    @Override
    public LimitRequestView reject(TenantId tenant, LimitRequestId request, LimitRejection rejection) {
        services.up();
        return decided(FakeServices.found(made.get(request)), LimitRequestState.REJECTED, null, rejection.words());
    }

    @Override
    public LimitRequestView withdraw(TenantId tenant, LimitRequestId request) {
        services.up();
        return decided(FakeServices.found(made.get(request)), LimitRequestState.WITHDRAWN, null, null);
    }
}
