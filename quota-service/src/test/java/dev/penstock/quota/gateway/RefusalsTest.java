package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.CallId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.admission.Verdict;
import dev.penstock.quota.gateway.wire.Dialect;
import dev.penstock.quota.gateway.wire.Refusal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    /** Which limit, when it may help to come back; then what the client is told: code, type, seconds to wait, whether it is told not to. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            REQUESTS      | MINUTE | AFTER_RESET     | 30   | rate_limit_exceeded | requests           | 30   | -
            TOKENS        | MINUTE | AFTER_RESET     | 30   | rate_limit_exceeded | tokens             | 30   | -
            TOKENS_OUTPUT | HOUR   | AFTER_RESET     | 3600 | rate_limit_exceeded | tokens             | 3600 | -
            TOKENS        | MINUTE | NEVER           | 30   | insufficient_quota  | insufficient_quota | -    | false
            MONEY         | MONTH  | AFTER_RESET     | 9999 | insufficient_quota  | insufficient_quota | -    | false
            MONEY         | MONTH  | WHEN_OTHERS_END | 9999 | rate_limit_exceeded | requests           | 1    | -
            TOKENS        | DAY    | AFTER_RESET     | 9999 | insufficient_quota  | insufficient_quota | -    | false
            CONCURRENCY   | NOW    | WHEN_OTHERS_END | -    | rate_limit_exceeded | requests           | 1    | -
            MONEY         | LIFE   | AFTER_RESET     | -    | insufficient_quota  | insufficient_quota | -    | false
            """)
    void aRateAsksToWaitAndABudgetNotToComeBack(
            Meter meter, Window window, Verdict.Retry retry, @Nullable Long resetsIn, String code, String type, @Nullable String wait, @Nullable String shouldRetry) {
        Refusal refusal = Refusals.of(refused(meter, window, retry, resetsIn == null ? null : NOW.plusSeconds(resetsIn)), NOW, Dialect.OPENAI);
        assertThat(refusal.error().status()).isEqualTo(429);
        assertThat(refusal.error().code()).isEqualTo(code);
        assertThat(refusal.error().type()).isEqualTo(type);
        assertThat(refusal.headers().get("retry-after")).isEqualTo(wait);
        assertThat(refusal.headers().get("x-should-retry")).isEqualTo(shouldRetry);
    }

    @Test
    void theMessageSaysWhichLimitHowMuchAndWhose() {
        Refusal refusal = Refusals.of(refused(Meter.MONEY, Window.MONTH, Verdict.Retry.AFTER_RESET, NOW.plusSeconds(60)), NOW, Dialect.OPENAI);
        assertThat(refusal.error().message()).isEqualTo(
                "The limit on money a month of the project vision does not allow this: 0.000000000095 of 0.0000000001 used or set aside, at most 0.00000000001 asked for."
                        + " It resets at 2026-11-21T10:01:00Z.");
    }

    @Test
    void aCopyThatIsTooOldIsNamedWithItsAge() {
        ProblemException tooOld = new ProblemException(Problem.AUDIT_UNAVAILABLE, "Keys could not be read.").with("ageSeconds", 95L).with("trustedSeconds", 60L);
        Refusal refusal = Refusals.of(tooOld, new CallId(UUID.randomUUID()));
        assertThat(refusal.error().status()).isEqualTo(503);
        assertThat(refusal.error().message()).isEqualTo(
                "Who may call what could not be read for too long; nothing was forwarded. What is known is 95 s old and is trusted for 60 s.");
        assertThat(Refusals.of(new ProblemException(Problem.AUDIT_UNAVAILABLE, "Keys could not be read."), new CallId(UUID.randomUUID())).error().message())
                .endsWith("Nothing has been read since the start.");
    }

    @ParameterizedTest
    @CsvSource({"0, 0ms", "120, 120ms", "1000, 1s", "59999, 59s", "390000, 6m30s", "3600000, 1h0m0s", "90061000, 25h1m1s", "-5, 0ms"})
    void durationsAreWrittenAsClientsReadThem(long millis, String words) {
        assertThat(LimitHeaders.words(Duration.ofMillis(millis))).isEqualTo(words);
    }

    private static Verdict.Refused refused(Meter meter, Window window, Verdict.Retry retry, @Nullable Instant resets) {
        return new Verdict.Refused(
                new LimitId(new UUID(1, 2)), meter, window, null, BigInteger.valueOf(100), BigInteger.valueOf(90), BigInteger.valueOf(5), BigInteger.TEN,
                new Verdict.Owner(Verdict.Level.PROJECT, "vision"), resets, retry);
    }
}
