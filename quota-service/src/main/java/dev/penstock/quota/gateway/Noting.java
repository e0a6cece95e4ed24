package dev.penstock.quota.gateway;

import dev.penstock.contract.quota.RefusedBy;
import dev.penstock.quota.admission.Verdict;
import dev.penstock.quota.gateway.wire.Refusal;
import dev.penstock.quota.grant.Holder;
import dev.penstock.quota.refusal.RefusalLog;
import dev.penstock.quota.refusal.Refused;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Has it taken down why a call was refused, where it is known who called. */
final class Noting {

    /** What somebody can do something about, or has to wait for; in the words of OpenAI. */
    private static final Set<Integer> EXPLAINED = Set.of(403, 404, 429, 503);

    private static final int LONGEST_MODEL = 300;
    private static final int LONGEST_MESSAGE = 2_000;

    /** How a key of ours begins: who writes one where a model's name belongs has it kept nowhere. */
    private static final String KEY = "psk_";

    private final RefusalLog refusals;

    Noting(RefusalLog refusals) {
        this.refusals = refusals;
    }

    /** @param ours whether the words are ours, and not those of the model's server */
    void refused(Exchange exchange, Refusal refusal, boolean ours, String operation) {
        Holder holder = exchange.course().holder();
        if (holder != null && EXPLAINED.contains(refusal.error().status())) {
            refusals.note(new Refused(
                    exchange.call(), exchange.ts(), holder.tenant(), holder.project(), holder.key(), holder.person(), operation.toLowerCase(Locale.ROOT),
                    model(exchange.course().model()), exchange.dialect().status(refusal.error()), refusal.error().code(),
                    ours ? shortened(refusal.error().message(), LONGEST_MESSAGE) : null, rule(refusal)));
        }
    }

    private static @Nullable String model(@Nullable String name) {
        return name == null || name.contains(KEY) ? null : shortened(name, LONGEST_MODEL);
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    private static @Nullable RefusedBy rule(Refusal refusal) {
        if (!(refusal instanceof LimitReached reached)) {
            return null;
        }
        Verdict.Refused by = reached.refused();
        return new RefusedBy(
                by.rule(), by.owner().level().word(), by.owner().name(), by.meter(), by.window(), by.models(), by.amount(), by.used(), by.asked(), by.resets(),
                switch (by.retry()) {
                    case NEVER -> RefusedBy.Waiting.NEVER;
                    case AFTER_RESET -> RefusedBy.Waiting.UNTIL_RESET;
                    case WHEN_OTHERS_END -> RefusedBy.Waiting.UNTIL_OTHERS_END;
                });
    }
}
