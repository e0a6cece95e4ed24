package dev.penstock.ui.fakes;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.Money;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.CallDecision;
import dev.penstock.contract.quota.CallRefused;
import dev.penstock.contract.quota.CallTry;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.RoutingStrategy;
import dev.penstock.contract.quota.TriedLimit;
import dev.penstock.contract.quota.TriedTarget;
import dev.penstock.contract.quota.TriesApi;
import dev.penstock.contract.quota.Window;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides every call of an alias the same way; one whose body holds {@code "huge"} is refused. */
public final class FakeTries implements TriesApi {

    public final List<CallTry> asked = new ArrayList<>();

    private final FakeServices services;
    private final Clock clock;

    FakeTries(FakeServices services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    @Override
    public CallDecision decide(TenantId tenant, ProjectId project, CallTry call) {
        services.up();
        asked.add(call);
        boolean refused = call.body().contains("huge");
        return new CallDecision(
                clock.instant(), "chat-default", null, "chat-default", RoutingStrategy.LEAST_BUSY,
                List.of(
                        target("llama-3.3-70b", null, 0, TriedTarget.Standing.IN, 12, 312L, 100, null),
                        target("llama-3.3-70b-canary", null, 0, TriedTarget.Standing.OUT, 0, 2_904L, 0, null),
                        target("claude-sonnet", "anthropic", 1, TriedTarget.Standing.IN, 0, null, 0,
                                new CallRefused(404, "model_not_found", "The class of the project's data does not allow that it leaves the house."))),
                48, 200, new Money(BigInteger.valueOf(196_800_000L), "EUR"),
                List.of(
                        limit(1, "tenant", "Research", Meter.MONEY, Window.MONTH, "12000000000000000", "9840000000000000", "196800000", TriedLimit.Fits.YES),
                        limit(2, "project", "Vision", Meter.TOKENS, Window.DAY, "2000000", "1994100", "248", refused ? TriedLimit.Fits.NO : TriedLimit.Fits.IF_OTHERS_GIVE_BACK)),
                refused ? new CallRefused(429, "insufficient_quota", "The limit on tokens a day of the project Vision does not allow this.") : null);
    }

    private static TriedTarget target(
            String model, @Nullable String upstream, int tier, TriedTarget.Standing standing, int underWay,
            @Nullable Long usual, int percent, @Nullable CallRefused refused) {
        return new TriedTarget(model, new EndpointId(Ids.uuid(0x800 + model.length())), upstream, tier, 1, standing, underWay, usual, percent, refused);
    }

    private TriedLimit limit(int id, String level, String owner, Meter meter, Window window, String amount, String used, String asked, TriedLimit.Fits fits) {
        return new TriedLimit(
                new LimitId(Ids.uuid(0x900 + id)), level, owner, meter, window, null, new BigInteger(amount), true, new BigInteger(used), new BigInteger("5900"),
                new BigInteger(asked), clock.instant().plus(Duration.ofHours(7)), fits);
    }
}
