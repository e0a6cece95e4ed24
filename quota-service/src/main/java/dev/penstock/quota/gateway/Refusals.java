package dev.penstock.quota.gateway;

import dev.penstock.contract.CallId;
import dev.penstock.contract.Money;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.Verdict;
import dev.penstock.quota.gateway.wire.Dialect;
import dev.penstock.quota.gateway.wire.OpenAiError;
import dev.penstock.quota.gateway.wire.Refusal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client is told when admission says no: which limit, how much of it is used, whose it is, when it resets. A rate asks to wait; a
 * budget says that waiting does not help, since clients otherwise repeat what can never pass.
 */
final class Refusals {

    private static final int MOST_MODELS_NAMED = 3;

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private Refusals() {}

    /** What to answer when a step fails with anything. */
    static Refusal of(Throwable failure, CallId call) {
        return switch (failure) {
            case Refusal refusal -> refusal;
            // A copy in memory that is too old to be trusted.
            case ProblemException tooOld -> new Refusal(
                    OpenAiError.unavailable("quota_backend_unavailable", "Who may call what could not be read for too long; nothing was forwarded. " + age(tooOld)),
                    Retry.AFTER_A_SECOND);
            default -> {
                log.error("call {} failed by a mistake of ours", call, failure);
                yield new Refusal(OpenAiError.internal());
            }
        };
    }

    private static String age(ProblemException tooOld) {
        Object age = tooOld.members().get(TableCopy.AGE_SECONDS);
        return age == null
                ? "Nothing has been read since the start."
                : "What is known is %s s old and is trusted for %s s.".formatted(age, tooOld.members().get(TableCopy.TRUSTED_SECONDS));
    }

    /** Of an attempt that is not admitted. */
    static Refusal of(Verdict no, Ask ask, Dialect dialect) {
        return switch (no) {
            case Verdict.Refused refused -> of(refused, ask.ts(), dialect);
            case Verdict.Unpriced unpriced -> unpriced(ask.target().model());
            case Verdict.Unavailable unavailable -> unavailable();
            case Verdict.Admitted admitted -> throw new IllegalArgumentException("attempt " + ask.attempt() + " was admitted");
        };
    }

    static Refusal of(Verdict.Refused refused, Instant now, Dialect dialect) {
        String message = message(refused);
        Map<String, String> headers = new HashMap<>();
        headers.putAll(LimitHeaders.of(refused, now, dialect));
        headers.put("x-penstock-limit", refused.rule().toString());
        headers.put("x-penstock-limit-owner", refused.owner().level().word());
        if (refused.retry() == Verdict.Retry.NEVER || (refused.retry() == Verdict.Retry.AFTER_RESET && !isRate(refused.window()))) {
            headers.putAll(Retry.NEVER);
            return new LimitReached(OpenAiError.insufficientQuota(message), headers, refused);
        }
        headers.putAll(Retry.after(wait(refused, now)));
        return new LimitReached(OpenAiError.rateLimit(isTokens(refused.meter()), message), headers, refused);
    }

    private static Refusal unpriced(String model) {
        return new Refusal(OpenAiError.unavailable("model_not_priced", "The model `" + model + "` has no price yet, so nobody can be charged for it. An administrator has to set one."),
                Retry.NEVER);
    }

    private static Refusal unavailable() {
        return new Refusal(OpenAiError.unavailable("quota_backend_unavailable", "Whether you may spend could not be found out; nothing was forwarded."), Retry.AFTER_A_SECOND);
    }

    /** Minutes and hours pass while a client waits; days and months do not. */
    private static boolean isRate(Window window) {
        return window == Window.MINUTE || window == Window.HOUR || window == Window.NOW;
    }

    private static boolean isTokens(Meter meter) {
        return meter == Meter.TOKENS || meter == Meter.TOKENS_INPUT || meter == Meter.TOKENS_OUTPUT;
    }

    private static Duration wait(Verdict.Refused refused, Instant now) {
        Instant resets = refused.resets();
        boolean others = refused.retry() == Verdict.Retry.WHEN_OTHERS_END;
        return others || resets == null || !resets.isAfter(now) ? Duration.ofSeconds(1) : Duration.between(now, resets);
    }

    private static String message(Verdict.Refused refused) {
        String message = "The limit on %s%s of the %s %s does not allow this: %s of %s used or set aside, at most %s asked for.".formatted(
                title(refused.meter(), refused.window()), models(refused.models()), refused.owner().level().word(), refused.owner().name(),
                number(refused.meter(), refused.used()), number(refused.meter(), refused.amount()), number(refused.meter(), refused.asked()));
        if (refused.retry() == Verdict.Retry.NEVER) {
            return message + " It asks for more than the whole limit.";
        }
        return refused.resets() == null ? message : message + " It resets at " + refused.resets() + ".";
    }

    /** Which of them it counts; a long list is cut, since the caller knows what it called. */
    private static String models(@Nullable List<String> models) {
        if (models == null) {
            return "";
        }
        String named = String.join(", ", models.subList(0, Math.min(models.size(), MOST_MODELS_NAMED)));
        return " for " + named + (models.size() > MOST_MODELS_NAMED ? " and " + (models.size() - MOST_MODELS_NAMED) + " more" : "");
    }

    static String title(Meter meter, Window window) {
        String what = meter.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return switch (window) {
            case NOW -> what;
            case MINUTE, HOUR, DAY, MONTH -> what + " a " + window.name().toLowerCase(Locale.ROOT);
            case LIFE -> what + " for life";
        };
    }

    private static String number(Meter meter, BigInteger amount) {
        return meter == Meter.MONEY ? money(amount) : amount.toString();
    }

    /** In the currency, exactly. */
    static String money(BigInteger pico) {
        BigDecimal exact = new BigDecimal(pico, Money.PICO_DIGITS).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0).toPlainString() : exact.toPlainString();
    }
}
