package dev.penstock.quota.gateway;

import dev.penstock.quota.grant.Holder;
import dev.penstock.quota.steering.Policies;
import dev.penstock.quota.steering.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Calls are answered by the models that their project's rules name for them. */
final class Hybrid implements Steering {

    /** What the call is for; without it, what its key is for. */
    static final String PURPOSE_HEADER = "x-penstock-purpose";

    /** {@code off}: answered as asked. */
    static final String STEERING_HEADER = "x-penstock-steering";

    private static final String OFF = "off";

    private final Policies policies;

    Hybrid(Policies policies) {
        this.policies = policies;
    }

    @Override
    public List<Stage.Asked> ways(CallHeaders headers, Stage.Asked asked) {
        Holder holder = asked.holder();
        List<Stage.Asked> ways = new ArrayList<>();
        if (!isOff(headers)) {
            policies.of(holder.tenant(), holder.project())
                    .map(policy -> policy.matching(known(headers, asked)))
                    .ifPresent(matches -> matches.forEach(match -> ways.add(asked.by(match.use(), match.why()))));
        }
        ways.add(asked);
        return ways;
    }

    static boolean isOff(CallHeaders headers) {
        return OFF.equals(headers.get(STEERING_HEADER));
    }

    private static Policy.Known known(CallHeaders headers, Stage.Asked asked) {
        return new Policy.Known(asked.name(), purpose(headers, asked.holder()), asked.body().promptTokens(), () -> OptionalInt.of(asked.body().complexity()));
    }

    private static @Nullable String purpose(CallHeaders headers, Holder holder) {
        String declared = headers.get(PURPOSE_HEADER);
        String purpose = declared == null ? holder.scope().purpose() : declared;
        return purpose == null ? null : purpose.strip().toLowerCase(Locale.ROOT);
    }
}
