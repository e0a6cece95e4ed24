package dev.penstock.ui.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.ui.fakes.Scenario;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a provider that rotates refresh tokens and takes the second use of one for theft, as many do. */
class AccessTokensTest {

    private final Scenario clock = new Scenario();
    private final Set<String> usedUp = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refreshes = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final HttpClient http = HttpClient.newHttpClient();
    private SmallServer provider;
    private AccessTokens tokens;
    private volatile int status = 200;

    @BeforeEach
    void aProvider() throws IOException {
        provider = new SmallServer().on("/token", exchange -> {
            String refreshToken = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean fresh = usedUp.add(refreshToken);
            int number = refreshes.incrementAndGet();
            SmallServer.json(exchange, fresh ? status : 400, "text/plain", String.valueOf(number));
        });
        tokens = new AccessTokens(first(), this::refresh, clock, ended::incrementAndGet);
    }

    @AfterEach
    void noProvider() {
        provider.close();
    }

    private Tokens first() {
        return new Tokens("access-0", clock.instant(), clock.instant().plusSeconds(300), "refresh-0", "id-0");
    }

    private Tokens refresh(Tokens present) throws IOException, TokenRefresh.Refused {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(provider.uri().resolve("/token"))
                            .POST(HttpRequest.BodyPublishers.ofString(String.valueOf(present.refresh())))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return switch (response.statusCode()) {
                case 200 -> new Tokens("access-" + response.body(), clock.instant(), clock.instant().plusSeconds(300), "refresh-" + response.body(), null);
                case 400 -> throw new TokenRefresh.Refused("invalid_grant");
                default -> throw new IOException("status " + response.statusCode());
            };
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    @ParameterizedTest(name = "after {0} s of 300: {1}")
    @CsvSource({"0, access-0", "269, access-0", "270, access-1", "299, access-1", "300, access-1"})
    void itIsReplacedThirtySecondsBeforeItsEnd(long seconds, String expected) {
        clock.passes(Duration.ofSeconds(seconds));

        assertThat(tokens.current()).isEqualTo(expected);
    }

    @Test
    void aShortLivedOneIsReplacedInItsLastQuarter() {
        var shortLived = new Tokens("short", clock.instant(), clock.instant().plusSeconds(8), "refresh", null);

        assertThat(shortLived.dueAt(clock.instant().plusMillis(5_999))).isFalse();
        assertThat(shortLived.dueAt(clock.instant().plusMillis(6_000))).isTrue();
    }

    @Test
    void manyTabsRefreshOnce() throws Exception {
        clock.passes(Duration.ofSeconds(280));
        var start = new CountDownLatch(1);
        List<Future<String>> answers = new ArrayList<>();
        try (var tabs = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                Callable<String> tab = () -> {
                    start.await();
                    return tokens.current();
                };
                answers.add(tabs.submit(tab));
            }
            start.countDown();
        }

        for (Future<String> answer : answers) {
            assertThat(answer.get()).isEqualTo("access-1");
        }
        assertThat(refreshes).hasValue(1);
    }

    @Test
    void aTokenThatAServiceRefusedIsReplacedOnceForAllWhoWereRefused() {
        assertThat(tokens.insteadOf("access-0")).isEqualTo("access-1");
        assertThat(tokens.insteadOf("access-0")).isEqualTo("access-1");
        assertThat(refreshes).hasValue(1);
    }

    @Test
    void theRefreshTokenOfTheLastAnswerIsUsedNext() {
        for (int i = 1; i <= 4; i++) {
            clock.passes(Duration.ofSeconds(290));
            assertThat(tokens.current()).isEqualTo("access-" + i);
        }
    }

    @Test
    void aProviderThatIsAwayCostsNothingWhileTheTokenIsGood() {
        status = 503;
        clock.passes(Duration.ofSeconds(280));

        assertThat(tokens.current()).isEqualTo("access-0");
    }

    @Test
    void anExpiredTokenWithoutAProviderIsSaidInWordsAndTheSessionIsKept() {
        status = 503;
        clock.passes(Duration.ofSeconds(301));

        assertThatThrownBy(tokens::current).isInstanceOf(BackendProblem.class).hasMessageContaining("The sign-in service does not answer.");
        assertThat(ended).hasValue(0);
    }

    @Test
    void aRefusalEndsTheSessionOnceForEverybody() {
        usedUp.add("refresh-0");
        clock.passes(Duration.ofSeconds(280));

        assertThatThrownBy(tokens::current).isInstanceOf(SignedOut.class);
        assertThatThrownBy(tokens::current).isInstanceOf(SignedOut.class);
        assertThat(ended).hasValue(1);
        assertThat(refreshes).hasValue(1);
    }

    @Test
    void afterSignOutNothingIsAskedOfTheProvider() {
        tokens.end();

        assertThatThrownBy(tokens::current).isInstanceOf(SignedOut.class);
        assertThatThrownBy(() -> tokens.insteadOf("access-0")).isInstanceOf(SignedOut.class);
        assertThat(refreshes).hasValue(0);
    }

    @Test
    void tokensDoNotGetIntoLogs() {
        assertThat(first().toString()).doesNotContain("access-0", "refresh-0", "id-0");
    }
}
