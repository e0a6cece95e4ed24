package dev.penstock.ui.fakes;

import dev.penstock.contract.Problem;
import dev.penstock.contract.StopId;
import dev.penstock.contract.quota.StopLift;
import dev.penstock.contract.quota.StopSpec;
import dev.penstock.contract.quota.StopView;
import dev.penstock.contract.quota.StopsApi;
import dev.penstock.ui.backend.BackendProblem;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Calls that were stopped. */
public final class FakeStops implements StopsApi {

    public final Map<StopId, StopView> made = new LinkedHashMap<>();

    private final FakeServices services;
    private final Clock clock;

    FakeStops(FakeServices services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    /** One that stands and one that is over. */
    void fill() {
        made.clear();
        add(new StopView(
                new StopId(Ids.uuid(0x701)), null, null, "research-vision/summarise-7b", "It answers in another customer's words", "adele",
                clock.instant().minus(Duration.ofMinutes(4)), null, null, null,
                List.of(new StopView.Reached("quota-0", 38L, false), new StopView.Reached("quota-1", 1_012L, false))));
        add(new StopView(
                new StopId(Ids.uuid(0x702)), Ids.RESEARCH, "research", null, "Keys were found in a public repository", "adele", clock.instant().minus(Duration.ofDays(3)), "adele",
                clock.instant().minus(Duration.ofDays(3)).plus(Duration.ofHours(2)), "all keys are rotated", List.of(new StopView.Reached("quota-0", 52L, false))));
    }

    private StopView add(StopView stop) {
        made.put(stop.id(), stop);
        return stop;
    }

    @Override
    public List<StopView> list() {
        services.up();
        return made.values().stream().sorted(Comparator.comparing((StopView stop) -> stop.liftedAt() != null).thenComparing(StopView::madeAt, Comparator.reverseOrder())).toList();
    }

    @Override
    public StopView make(StopId stop, StopSpec spec) {
        services.up();
        if (made.values().stream().anyMatch(each -> each.liftedAt() == null && Objects.equals(each.tenant(), spec.tenant()) && Objects.equals(each.model(), spec.model()))) {
            throw new BackendProblem(Problem.WRONG_STATE, "Its calls are stopped already.", "77aa-0004");
        }
        return add(new StopView(
                stop, spec.tenant(), spec.tenant() == null ? null : services.name(spec.tenant()), spec.model(), spec.reason(), services.persona().subject(), clock.instant(),
                null, null, null, List.of(new StopView.Reached("quota-0", null, false))));
    }

    @Override
    public StopView lift(StopId stop, StopLift lift) {
        services.up();
        StopView was = FakeServices.found(made.get(stop));
        return add(new StopView(
                was.id(), was.tenant(), was.tenantName(), was.model(), was.reason(), was.madeBy(), was.madeAt(), services.persona().subject(), clock.instant(), lift.reason(),
                was.reached()));
    }
}
