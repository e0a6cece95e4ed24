package dev.penstock.quota.gateway;

import dev.penstock.contract.quota.Egress;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Steered;
import dev.penstock.quota.admission.Verdict;
import dev.penstock.quota.gateway.wire.Dialect;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a client what is left, by the tightest limit of each kind, under the names that its dialect has for it. */
final class LimitHeaders {

    private static final Set<Meter> REQUESTS = Set.of(Meter.REQUESTS);
    private static final Set<Meter> TOKENS = Set.of(Meter.TOKENS, Meter.TOKENS_INPUT, Meter.TOKENS_OUTPUT);
    private static final Set<Meter> MONEY = Set.of(Meter.MONEY);

    private LimitHeaders() {}

    static void write(Exchange exchange, Stage.Admitted admitted) {
        List<Verdict.Room> rooms = admitted.verdict().rooms();
        tightest(rooms, REQUESTS).ifPresent(room -> write(exchange, "requests", room));
        tightest(rooms, TOKENS).ifPresent(room -> write(exchange, "tokens", room));
        tightest(rooms, MONEY).ifPresent(room -> exchange.header("x-penstock-budget-remaining", Refusals.money(room.left())));
        exchange.header("x-penstock-endpoint", admitted.located().route().endpoint().toString());
        Egress egress = admitted.located().egress();
        if (egress != null) {
            exchange.header("x-penstock-upstream", egress.upstream());
        }
        exchange.header("x-penstock-model", ascii(admitted.located().route().model()));
        Steered steered = admitted.located().asked().steered();
        if (steered != null) {
            exchange.header("x-penstock-steered", steered.why());
        }
        String warning = admitted.located().asked().wish().warning();
        if (warning != null) {
            exchange.header("x-penstock-limit-warning", warning);
        }
        if (admitted.ask().number() > 0) {
            exchange.header("x-penstock-attempts", Integer.toString(admitted.ask().number() + 1));
        }
        if (admitted.located().bounds().perAnswer() > 0) {
            exchange.header("x-penstock-max-tokens", Long.toString(admitted.located().bounds().perAnswer()));
        }
    }

    /** The same of the limit that refused. */
    static Map<String, String> of(Verdict.Refused refused, Instant now, Dialect dialect) {
        boolean tokens = TOKENS.contains(refused.meter());
        if (!tokens && refused.meter() != Meter.REQUESTS) {
            return Map.of();
        }
        return named(dialect, tokens ? "tokens" : "requests", refused.amount(), refused.amount().subtract(refused.used()).max(BigInteger.ZERO), refused.resets(), now);
    }

    /** Names may have any letters; a header may not. */
    private static String ascii(String name) {
        return name.chars().allMatch(c -> c > 0x20 && c < 0x7f) ? name : URLEncoder.encode(name, StandardCharsets.UTF_8);
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

    private static void write(Exchange exchange, String kind, Verdict.Room room) {
        named(exchange.dialect(), kind, room.amount(), room.left(), room.resets(), exchange.ts()).forEach(exchange::header);
    }

    private static Map<String, String> named(Dialect dialect, String kind, BigInteger limit, BigInteger left, @Nullable Instant resets, Instant now) {
        Map<String, String> headers = new HashMap<>();
        headers.put(name(dialect, "limit", kind), limit.toString());
        headers.put(name(dialect, "remaining", kind), left.toString());
        if (resets != null) {
            headers.put(name(dialect, "reset", kind), switch (dialect) {
                case OPENAI, RESPONSES -> words(Duration.between(now, resets));
                case ANTHROPIC -> resets.truncatedTo(ChronoUnit.SECONDS).toString();
            });
        }
        return headers;
    }

    private static String name(Dialect dialect, String what, String kind) {
        return switch (dialect) {
            case OPENAI, RESPONSES -> "x-ratelimit-" + what + "-" + kind;
            case ANTHROPIC -> "anthropic-ratelimit-" + kind + "-" + what;
        };
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
