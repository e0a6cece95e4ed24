package dev.penstock.ui.fakes;

import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.OrganisationRole;
import dev.penstock.contract.quota.Ladder;
import dev.penstock.contract.quota.ReplayLine;
import dev.penstock.contract.quota.ReplaySpec;
import dev.penstock.contract.quota.ReplayView;
import dev.penstock.contract.quota.SavingsLine;
import dev.penstock.contract.quota.SavingsView;
import dev.penstock.contract.quota.SteeringApi;
import dev.penstock.contract.quota.SteeringRule;
import dev.penstock.contract.quota.SteeringSpec;
import dev.penstock.contract.quota.SteeringView;
import dev.penstock.ui.backend.BackendProblem;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How projects want their calls answered. */
public final class FakeSteering implements SteeringApi {

    public final Map<ProjectId, SteeringView> made = new LinkedHashMap<>();

    private final FakeServices services;
    private final Clock clock;

    FakeSteering(FakeServices services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    /** One project with rules and a ladder, one without a word. */
    void fill() {
        made.clear();
        made.put(Ids.VISION, new SteeringView(
                Ids.VISION, "research-vision", 4,
                List.of(
                        new SteeringRule(List.of("llama-3.3-70b"), List.of("contracts"), null, null, "llama-3.3-70b"),
                        new SteeringRule(List.of(), List.of("batch", "nightly"), null, null, "qwen2.5-7b-instruct"),
                        new SteeringRule(List.of("llama-3.3-70b"), List.of(), 2_000L, 2, "qwen2.5-7b-instruct")),
                new Ladder(80, 95, "qwen2.5-7b-instruct", 500L), "olivia", clock.instant().minus(Duration.ofDays(2)), "three quarters of our calls are short", false));
        made.put(Ids.LANGUAGE, new SteeringView(Ids.LANGUAGE, "research-language", 0, List.of(), null, null, null, null, false));
    }

    @Override
    public List<SteeringView> list(TenantId tenant) {
        services.up();
        return made.values().stream().map(this::told).toList();
    }

    @Override
    public SteeringView make(TenantId tenant, ProjectId project, int version, SteeringSpec spec) {
        services.up();
        SteeringView last = made.get(project);
        if (last == null || version != last.version() + 1) {
            throw new BackendProblem(Problem.CHANGED_MEANWHILE, "The next version is another; nothing was saved.", "77aa-0005");
        }
        var next = new SteeringView(project, last.projectName(), version, spec.rules(), spec.ladder(), "olivia", clock.instant(), spec.reason(), false);
        made.put(project, next);
        return told(next);
    }

    @Override
    public SavingsView savings(TenantId tenant, ProjectId project, Instant from, Instant to) {
        services.up();
        return new SavingsView(from, to, "EUR", project.equals(Ids.VISION)
                ? List.of(
                        line("llama-3.3-70b", "policy 4, rule 3: prompt up to 2000 tokens, complexity 1 of 2", 18_204, "41320110000000", "303120440000000"),
                        line("chat-default", "policy 4, rule 2: purpose batch", 2_011, "9120110000000", null),
                        line("llama-3.3-70b", "money a month of the project at 95 %", 112, "220110000000", "1620110000000"))
                : List.of());
    }

    private static SavingsLine line(String asked, String why, long attempts, String paid, @Nullable String instead) {
        return new SavingsLine(
                asked, "qwen2.5-7b-instruct", why, 3, attempts, attempts * 310, 0, 0, attempts * 90, new BigInteger(paid), instead == null ? null : new BigInteger(instead));
    }

    @Override
    public ReplayView replay(TenantId tenant, ProjectId project, ReplaySpec spec) {
        services.up();
        return new ReplayView(
                clock.instant().minus(Duration.ofDays(spec.days())), clock.instant(), "EUR", 41_220, 1_204, new BigInteger("912320110000000"),
                List.of(new ReplayLine(
                        spec.rules().size(), "llama-3.3-70b", spec.rules().getLast().use(), 20_311, new BigInteger("502320110000000"), new BigInteger("61320110000000"))));
    }

    private SteeringView told(SteeringView view) {
        boolean owns = services.persona().organisationRoles().contains(OrganisationRole.ADMIN) || services.persona().name().startsWith("O");
        return new SteeringView(
                view.project(), view.projectName(), view.version(), view.rules(), view.ladder(), view.madeBy(), view.madeAt(), view.reason(), owns);
    }
}
