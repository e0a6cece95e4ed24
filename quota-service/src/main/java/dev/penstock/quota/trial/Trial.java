package dev.penstock.quota.trial;

import dev.penstock.contract.CallId;
import dev.penstock.contract.quota.CallDecision;
import dev.penstock.contract.quota.CallRefused;
import dev.penstock.contract.quota.CallTry;
import dev.penstock.frame.identity.Actor;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.Preview;
import dev.penstock.quota.gateway.Rehearsal;
import dev.penstock.quota.grant.Holder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Takes the steps of a call that is not made. */
@Component
class Trial {

    private final Rehearsal rehearsal;
    private final Preview preview;
    private final Clock clock;

    Trial(Rehearsal rehearsal, Preview preview, Clock clock) {
        this.rehearsal = rehearsal;
        this.preview = preview;
        this.clock = clock;
    }

    CallDecision decide(Actor actor, Holder holder, CallTry call) {
        Instant now = clock.instant();
        Rehearsal.Rehearsed found = rehearsal.rehearse(holder, call.operation(), call.body().getBytes(StandardCharsets.UTF_8), call.headers(), id(now));
        Ask ask = found.ask();
        if (ask == null) {
            return new CallDecision(now, found.asked(), found.steered(), found.alias(), found.strategy(), found.targets(), 0, 0, null, List.of(), found.refused());
        }
        Preview.Foreseen foreseen = preview.of(actor, ask);
        CallRefused refused = foreseen.no() == null ? null : Rehearsal.told(foreseen.no(), ask, call.operation());
        return new CallDecision(
                now, found.asked(), found.steered(), found.alias(), found.strategy(), found.targets(), ask.bound().inputTokens(), ask.bound().outputTokens(),
                foreseen.most(), foreseen.limits(), refused);
    }

    /** A UUIDv7 of that time and of no call: it is written down nowhere. */
    private static CallId id(Instant now) {
        return new CallId(new UUID(now.toEpochMilli() << 16 | 7L << 12, Long.MIN_VALUE));
    }
}
