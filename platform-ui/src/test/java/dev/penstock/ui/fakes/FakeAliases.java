package dev.penstock.ui.fakes;

import dev.penstock.contract.Problem;
import dev.penstock.contract.quota.AliasSpec;
import dev.penstock.contract.quota.AliasTarget;
import dev.penstock.contract.quota.AliasView;
import dev.penstock.contract.quota.AliasesApi;
import dev.penstock.contract.quota.RoutingStrategy;
import dev.penstock.ui.backend.BackendProblem;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Names that stand for several models. */
public final class FakeAliases implements AliasesApi {

    /** By name. */
    public final SortedMap<String, AliasView> made = new TreeMap<>();

    private final FakeServices services;
    private final Clock clock;

    FakeAliases(FakeServices services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    /** As an installation has them. */
    void fill() {
        made.clear();
        add("chat-default", 3, RoutingStrategy.LEAST_BUSY, List.of(
                new AliasTarget("llama-3.3-70b", 0, 3), new AliasTarget("llama-3.3-70b-canary", 0, 1), new AliasTarget("qwen2.5-7b-instruct", 1, 1)));
        add("code-assist", 1, RoutingStrategy.SESSION, List.of(new AliasTarget("qwen2.5-coder-32b", 0, 1), new AliasTarget("qwen2.5-7b-instruct", 1, 1)));
        add("embed-2025", 2, RoutingStrategy.WEIGHTED, List.of());
    }

    private void add(String name, int version, RoutingStrategy strategy, List<AliasTarget> targets) {
        made.put(name, new AliasView(name, version, strategy, targets, "adele", clock.instant().minus(Duration.ofDays(version))));
    }

    @Override
    public List<AliasView> list() {
        services.up();
        return List.copyOf(made.values());
    }

    @Override
    public AliasView make(String name, int version, AliasSpec spec) {
        services.up();
        AliasView last = made.get(name);
        int next = last == null ? 1 : last.version() + 1;
        if (version != next) {
            throw new BackendProblem(Problem.CHANGED_MEANWHILE, "The next version of " + name + " is " + next + ", not " + version + "; nothing was saved.", "77aa-0003");
        }
        var view = new AliasView(name, version, spec.strategy(), spec.targets(), services.persona().subject(), clock.instant());
        made.put(name, view);
        return view;
    }
}
