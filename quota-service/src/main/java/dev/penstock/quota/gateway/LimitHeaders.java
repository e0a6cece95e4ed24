package dev.penstock.quota.gateway;

import dev.penstock.contract.quota.Meter;
import dev.penstock.quota.admission.Verdict;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a client what is left, by the tightest limit of each kind. */
final class LimitHeaders {

    private static final Set<Meter> REQUESTS = Set.of(Meter.REQUESTS);
    private static final Set<Meter> TOKENS = Set.of(Meter.TOKENS, Meter.TOKENS_INPUT, Meter.TOKENS_OUTPUT);
    private static final Set<Meter> MONEY = Set.of(Meter.MONEY);

    private LimitHeaders() {}

    static void write(Exchange exchange, Stage.Admitted admitted) {
        List<Verdict.Room> rooms = admitted.verdict().rooms();
        Instant now = exchange.ts();
        tightest(rooms, REQUESTS).ifPresent(room -> write(exchange, "requests", room, now));
        tightest(rooms, TOKENS).ifPresent(room -> write(exchange, "tokens", room, now));
        tightest(rooms, MONEY).ifPresent(room -> exchange.header("x-penstock-budget-remaining", Refusals.money(room.left())));
        exchange.header("x-penstock-endpoint", admitted.located().route().endpoint().toString());
        if (admitted.located().bounds().perAnswer() > 0) {
            exchange.header("x-penstock-max-tokens", Long.toString(admitted.located().bounds().perAnswer()));
        }
    }

    /** The same of the limit that refused. */
    static Map<String, String> of(Verdict.Refused refused, Instant now) {
        boolean tokens = TOKENS.contains(refused.meter());
        if (!tokens && refused.meter() != Meter.REQUESTS) {
            return Map.of();
        }
        String kind = tokens ? "tokens" : "requests";
        Map<String, String> headers = new HashMap<>();
        headers.put("x-ratelimit-limit-" + kind, refused.amount().toString());
        headers.put("x-ratelimit-remaining-" + kind, refused.amount().subtract(refused.used()).max(BigInteger.ZERO).toString());
        Instant resets = refused.resets();
        if (resets != null) {
            headers.put("x-ratelimit-reset-" + kind, words(Duration.between(now, resets)));
        }
        return headers;
    }

    private static Optional<Verdict.Room> tightest(List<Verdict.Room> rooms, Set<Meter> meters) {
        Verdict.@Nullable Room tightest = null;
        for (Verdict.Room room : rooms) {
            if (meters.contains(room.meter()) && (tightest == null || room.left().compareTo(tightest.left()) < 0)) {
                tightest = room;
            }
        }
        return Optional.ofNullable(tightest);
    }

    private static void write(Exchange exchange, String kind, Verdict.Room room, Instant now) {
        exchange.header("x-ratelimit-limit-" + kind, room.amount().toString());
        exchange.header("x-ratelimit-remaining-" + kind, room.left().toString());
        Instant resets = room.resets();
        if (resets != null) {
            exchange.header("x-ratelimit-reset-" + kind, words(Duration.between(now, resets)));
        }
    }

    /** As OpenAI writes durations: {@code 120ms}, {@code 1s}, {@code 6m30s}. */
    static String words(Duration wait) {
        if (wait.compareTo(Duration.ofSeconds(1)) < 0) {
            return Math.max(0, wait.toMillis()) + "ms";
        }
        long seconds = wait.toSeconds();
        String hours = seconds >= 3600 ? seconds / 3600 + "h" : "";
        String minutes = seconds >= 60 ? seconds / 60 % 60 + "m" : "";
        return hours + minutes + seconds % 60 + "s";
    }
}
