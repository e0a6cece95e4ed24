package dev.penstock.quota.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.ModelTask;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.LimitField;
import dev.penstock.contract.quota.UpstreamDialect;
import dev.penstock.contract.quota.UpstreamModel;
import dev.penstock.frame.network.Network;
import dev.penstock.quota.AdjustableClock;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names that are answered late, never, or in another order than they were asked for. */
class SlowNamesTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");
    private static final UpstreamAddress SLOW = UpstreamAddress.of("https://slow.example.com/v1");
    private static final UpstreamAddress QUICK = UpstreamAddress.of("https://quick.example.com/v1");
    private static final List<InetAddress> PUBLIC = addresses("1.1.1.1");
    private static final List<InetAddress> OTHER = addresses("9.9.9.9");
    private static final List<InetAddress> PRIVATE = addresses("10.0.0.1");

    private final AdjustableClock clock = new AdjustableClock();
    /** What a host is answered with at once; one that is not here waits in {@link #asked}. */
    private final Map<String, List<InetAddress>> ready = new ConcurrentHashMap<>(Map.of(QUICK.host(), PUBLIC));
    private final List<CompletableFuture<List<InetAddress>>> asked = new CopyOnWriteArrayList<>();
    private List<Upstream> present = List.of(upstream("slow", SLOW), upstream("quick", QUICK));
    private final Pins pins = pins(Duration.ofSeconds(60));

    @BeforeEach
    void begin() {
        clock.set(BEGIN);
    }

    private Pins pins(Duration lookUpTime) {
        return new Pins(
                new UpstreamSettings(
                        List.of(), Duration.ofSeconds(30), lookUpTime, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofMinutes(5)),
                () -> present, this::lookUp, clock);
    }

    private List<InetAddress> lookUp(String host) {
        List<InetAddress> at = ready.get(host);
        if (at != null) {
            return at;
        }
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer.join();
    }

    private static Upstream upstream(String name, UpstreamAddress address) {
        UpstreamModel model = new UpstreamModel(name, "m", List.of(ModelTask.CHAT), 10, 10, null, "s", null, LimitField.MAX_TOKENS);
        return new Upstream(name, 1, address, UpstreamDialect.OPENAI, DataClass.PUBLIC, 1, List.of(model), "somebody", BEGIN, "key");
    }

    private static List<InetAddress> addresses(String... literals) {
        return Stream.of(literals).map(literal -> Network.address(literal).orElseThrow()).toList();
    }

    private static CompletableFuture<Void> beside(Runnable work) {
        return CompletableFuture.runAsync(work, Thread.ofVirtual()::start);
    }

    private CompletableFuture<Void> require(UpstreamAddress address) {
        return beside(() -> {
            try {
                pins.require(address);
            } catch (Pins.NoDestination e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Until so many wait for an answer. */
    private void awaitAsked(int many) {
        await().atMost(Duration.ofSeconds(10)).until(() -> asked.size() == many);
    }

    @Test
    void aSlowNameDelaysNoOther() {
        CompletableFuture<Void> turn = beside(pins::turn);
        awaitAsked(1);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(pins.addresses(QUICK)).isEqualTo(PUBLIC));
        assertThat(turn).isNotDone();
        asked.getFirst().complete(OTHER);
        turn.join();
        assertThat(pins.addresses(SLOW)).isEqualTo(OTHER);
    }

    @Test
    void aNameThatHangsKeepsItsLastAndIsNotAskedAgainAndAgain() {
        Pins impatient = pins(Duration.ofMillis(50));
        ready.put(SLOW.host(), PUBLIC);
        impatient.turn();
        ready.remove(SLOW.host());
        clock.set(BEGIN.plusSeconds(31));
        for (int turn = 0; turn < 5; turn++) {
            impatient.turn();
        }
        assertThat(impatient.addresses(SLOW)).isEqualTo(PUBLIC);
        assertThat(impatient.pin(SLOW).orElseThrow().problem()).isEqualTo("slow.example.com cannot be looked up now");
        assertThat(impatient.pin(QUICK).orElseThrow().problem()).isNull();
        assertThat(asked).hasSizeLessThanOrEqualTo(2);

        ready.put(SLOW.host(), OTHER);
        asked.forEach(late -> late.complete(PRIVATE));
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            impatient.turn();
            assertThat(impatient.addresses(SLOW)).as("what comes too late is not heard").isEqualTo(OTHER);
        });
    }

    /** Whoever holds an answer back must not undo with it what was found out since. */
    @Test
    void anAnswerToAnEarlierQuestionBringsNothingBack() {
        CompletableFuture<Void> naming = require(SLOW);
        awaitAsked(1);
        ready.put(SLOW.host(), PRIVATE);
        pins.turn();
        asked.getFirst().complete(PUBLIC);
        naming.join();
        assertThat(pins.addresses(SLOW)).isEmpty();
        assertThat(pins.pin(SLOW).orElseThrow().problem()).contains("10.0.0.1");
    }

    @Test
    void anAnswerThatForbidsCountsHoweverLate() {
        CompletableFuture<Void> turn = beside(pins::turn);
        awaitAsked(1);
        ready.put(SLOW.host(), PUBLIC);
        require(SLOW).join();
        assertThat(pins.addresses(SLOW)).isEqualTo(PUBLIC);
        asked.getFirst().complete(PRIVATE);
        turn.join();
        assertThat(pins.addresses(SLOW)).isEmpty();
        pins.turn();
        assertThat(pins.addresses(SLOW)).as("and the next turn asks again").isEqualTo(PUBLIC);
    }

    /** Nothing was found out since. */
    @Test
    void aFailureDoesNotOutrankAnAnswerThatWasAskedForBefore() {
        Pins impatient = pins(Duration.ofMillis(50));
        ready.put(SLOW.host(), PUBLIC);
        impatient.turn();
        ready.remove(SLOW.host());
        clock.set(BEGIN.plusSeconds(31));
        impatient.turn();
        assertThat(impatient.pin(SLOW).orElseThrow().order()).as("the last answer's").isLessThanOrEqualTo(2);
        assertThat(impatient.pin(SLOW).orElseThrow().problem()).isNotNull();
        asked.forEach(late -> late.complete(PRIVATE));
    }

    /** Between being named and standing in the copy of upstreams an address belongs to nobody. */
    @Test
    void aTurnForgetsNothingThatWasJustNamed() {
        present = List.of(upstream("slow", SLOW));
        CompletableFuture<Void> turn = beside(pins::turn);
        awaitAsked(1);
        require(QUICK).join();
        asked.getFirst().complete(PUBLIC);
        turn.join();
        assertThat(pins.addresses(QUICK)).isEqualTo(PUBLIC);
        pins.turn();
        assertThat(pins.addresses(QUICK)).isEqualTo(PUBLIC);
        ready.put(SLOW.host(), PUBLIC);
        clock.set(BEGIN.plusSeconds(30));
        pins.turn();
        assertThat(pins.pin(QUICK)).as("nobody made an upstream of it").isEmpty();
    }

    @Test
    void anAddressIsAsOldAsTheQuestion() {
        CompletableFuture<Void> turn = beside(pins::turn);
        awaitAsked(1);
        clock.set(BEGIN.plusSeconds(20));
        asked.getFirst().complete(PUBLIC);
        turn.join();
        assertThat(pins.pin(SLOW).orElseThrow().since()).isEqualTo(BEGIN);
    }
}
