package dev.penstock.quota.gateway;

import dev.penstock.contract.quota.Ladder;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.Fullness;
import dev.penstock.quota.grant.Callee;
import dev.penstock.quota.grant.Grants;
import dev.penstock.quota.grant.Holder;
import dev.penstock.quota.steering.Policies;
import dev.penstock.quota.steering.Policy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What comes before a budget refuses: a warning, then a cheaper model or a shorter answer. The budget itself refuses as ever. */
final class Rungs implements Steering {

    private final Policies policies;
    private final Fullness fullness;
    private final Grants grants;
    private final Clock clock;

    Rungs(Policies policies, Fullness fullness, Grants grants, Clock clock) {
        this.policies = policies;
        this.fullness = fullness;
        this.grants = grants;
        this.clock = clock;
    }

    @Override
    public List<Stage.Asked> ways(CallHeaders headers, Stage.Asked asked) {
        Holder holder = asked.holder();
        return policies.of(holder.tenant(), holder.project()).map(Policy::ladder)
                .flatMap(ladder -> fullness.of(caller(holder), models(asked), clock.instant())
                        .filter(fullest -> fullest.percent() >= ladder.warnAt())
                        .map(fullest -> ways(ladder, fullest, asked.warned(fullest.words() + " at " + fullest.percent() + " %"), Hybrid.isOff(headers))))
                .orElse(List.of(asked));
    }

    private static List<Stage.Asked> ways(Ladder ladder, Fullness.Fullest fullest, Stage.Asked warned, boolean asAsked) {
        List<Stage.Asked> ways = new ArrayList<>();
        if (fullest.percent() >= ladder.degradeAt() && !asAsked) {
            String why = fullest.words() + " at " + ladder.degradeAt() + " %";
            if (ladder.use() != null && !ladder.use().equals(warned.name())) {
                ways.add(warned.by(ladder.use(), why));
            }
            Long most = warned.body().mostOutput();
            if (ladder.mostOutput() != null && (most == null || most > ladder.mostOutput())) {
                ways.add(warned.within(ladder.mostOutput(), why));
            }
        }
        ways.add(warned);
        return ways;
    }

    private static Ask.Caller caller(Holder holder) {
        return new Ask.Caller(holder.tenant(), holder.project(), holder.key(), holder.person());
    }

    /** That could answer, as limits count them. */
    private Set<String> models(Stage.Asked asked) {
        return grants.callee(asked.holder(), asked.name()).stream()
                .map(Callee::targets)
                .flatMap(List::stream)
                .map(target -> target.route().model())
                .collect(Collectors.toSet());
    }
}
