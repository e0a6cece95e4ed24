package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.standalone.client.ModelAnswer;
import dev.penstock.standalone.client.ModelClient;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/** quota-service as a process of its own, which asks its database for each call, killed with streams alive; then its database, killed under load. */
@Tag("long")
@Order(8)
@Timeout(600)
@ResourceLock(Load.LOCK)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KilledQuotaServiceTest {

    private static final int STREAMS = 20;
    private static final int LONG_ANSWER = 2_000;
    private static final int ALIVE = 10;
    private static final int CALLERS = 8;
    private static final int REFUSED = 3;

    /** On the average. */
    private static final int UNREAD_OF_A_STREAM = 5;

    private static final Duration RECOVERED = Duration.ofSeconds(60);
    private static final BigInteger ENOUGH = BigInteger.TEN.pow(15);

    private static RunningPenstock penstock;
    private static NoPortal portal;
    private static OwnProcess quota;
    private static Lab lab;
    private static String key;
    private static LimitId tokens;

    @BeforeAll
    static void start() {
        // While the database is away each refusal takes as long as somebody waits for a connection.
        penstock = RunningPenstock.start(
                "--without", "quota-service,platform-ui", "--set", "quota-service:penstock.database.connect-timeout=1s", "--set", "quota-service:penstock.admission.mode=direct");
        portal = NoPortal.at(penstock);
        quota = new OwnProcess(penstock, "quota-service");
        penstock.awaitReady();
        lab = new Lab(penstock, "killed");
        key = Objects.requireNonNull(lab.key("killed").secret());
        tokens = lab.limit(Meter.TOKENS, Window.MONTH, ENOUGH);
        lab.limit(Meter.MONEY, Window.MONTH, ENOUGH);
        lab.limit(Meter.CONCURRENCY, Window.NOW, ENOUGH);
    }

    @AfterAll
    static void stop() {
        quota.stop();
        portal.close();
        penstock.close();
    }

    @Test
    @Order(1)
    void whatAKilledServiceHadReadOfItsStreamsIsSettledOnceAndNothingStaysReserved() throws Exception {
        Ledger ledger = new Ledger(penstock, lab.tenant());
        List<RawCall> seen;
        Map<String, EngineLog.Entry> producedBefore;
        Set<Integer> alive = ConcurrentHashMap.newKeySet();
        try (ExecutorService callers = Executors.newFixedThreadPool(STREAMS)) {
            List<Future<RawCall>> streams = IntStream.range(0, STREAMS)
                    .mapToObj(number -> callers.submit(() -> stream(key, LONG_ANSWER, () -> alive.add(number)))).toList();
            Eventually.eventually("all streams are alive", Duration.ofSeconds(30), () -> EngineLog.running(penstock, ALIVE) == STREAMS && alive.size() == STREAMS);
            producedBefore = EngineLog.read(penstock);
            quota.kill();
            seen = all(streams);
        }
        assertThat(seen).as("streams that were cut").allMatch(call -> call.status() == 200 && !call.whole());
        assertThat(seen.stream().mapToLong(RawCall::tokens).sum()).as("something had been delivered").isPositive();

        quota.startAgain();
        ledger.awaitQuiet(RECOVERED);
        ledger.requireInvariants();
        ledger.compare(seen);
        // The engine counts as it goes, so what was read is known and nothing is estimated.
        assertThat(ledger.rows()).hasSize(STREAMS).noneMatch(Ledger.Row::estimated).allSatisfy(row -> {
            assertThat(row.status()).isEqualTo(200);
            assertThat(row.output()).isBetween(1L, LONG_ANSWER - 1L);
            assertThat(row.input()).isPositive();
        });
        requireFewUnread(ledger.rows(), producedBefore);
        assertThat(lab.limit(tokens).used()).isEqualTo(ledger.sum("input + cache_read + cache_write + output"));
        assertThat(stream(key, 5).whole()).as("it works as before").isTrue();
    }

    /** What the engine had produced before the kill and the dead process had not read: nobody pays it, and it is little. */
    private static void requireFewUnread(List<Ledger.Row> rows, Map<String, EngineLog.Entry> producedBefore) {
        long unread = rows.stream().mapToLong(row -> Math.max(0, producedBefore.get(row.call()).output() - row.output())).sum();
        System.out.printf("%d streams killed: %d tokens settled, %d that nobody had read%n", rows.size(), rows.stream().mapToLong(Ledger.Row::output).sum(), unread);
        assertThat(unread).isLessThanOrEqualTo((long) UNREAD_OF_A_STREAM * rows.size());
    }

    @Test
    @Order(2)
    void whatWasAcknowledgedSurvivesAKilledDatabaseAndWithoutItNothingIsForwarded() throws Exception {
        Lab outage = new Lab(penstock, "outage");
        String caller = Objects.requireNonNull(outage.key("outage").secret());
        LimitId limit = outage.limit(Meter.TOKENS, Window.MONTH, ENOUGH);
        CountDownLatch over = new CountDownLatch(1);
        Queue<RawCall> seen = new ConcurrentLinkedQueue<>();
        List<ModelAnswer> refused;
        try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<?>> running = IntStream.range(0, CALLERS).<Future<?>>mapToObj(number -> callers.submit(until(over, caller, seen))).toList();
            Eventually.eventually("calls are answered", Duration.ofSeconds(30), () -> count(seen, 200) >= 2 * CALLERS);
            PostgresOutage away = new PostgresOutage(penstock);
            away.begin();
            // These begin and end while there is no database.
            ModelClient client = ModelClient.withKey(penstock.directory(), caller);
            refused = IntStream.range(0, REFUSED).mapToObj(number -> client.chat(Lab.CHAT, "Is anybody there?", 5)).toList();
            Eventually.eventually("everybody is refused", Duration.ofSeconds(30), () -> count(seen, 503) >= CALLERS);
            long before = count(seen, 200);
            away.end();
            Eventually.eventually("calls are answered again", Duration.ofSeconds(60), () -> count(seen, 200) >= before + 2 * CALLERS);
            over.countDown();
            for (Future<?> calls : running) {
                calls.get();
            }
        }
        assertThat(refused).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.errorCode()).isEqualTo("quota_backend_unavailable");
            assertThat(answer.header("retry-after")).isEqualTo("1");
        });
        assertThat(seen).as("answered to its end, or refused").allMatch(call -> call.whole() && Set.of(200, 503).contains(call.status()));
        assertThat(EngineLog.read(penstock).keySet()).as("calls that were refused").doesNotContainAnyElementsOf(idsOfRefused(seen, refused));
        Ledger ledger = new Ledger(penstock, outage.tenant());
        ledger.awaitQuiet(RECOVERED);
        ledger.compare(List.copyOf(seen));
        ledger.requireInvariants();
        System.out.printf("%d calls around the death of the database: %d answered, %d refused%n", seen.size(), count(seen, 200), count(seen, 503));
        assertThat(outage.limit(limit).used()).isEqualTo(ledger.sum("input + cache_read + cache_write + output"));
    }

    private static RawCall stream(String key, int most) throws IOException {
        return stream(key, most, () -> {});
    }

    private static RawCall stream(String key, int most, Runnable heard) throws IOException {
        return RawCall.play(URI.create(lab.gateway()), key, "/v1/chat/completions", """
                {"model": "%s", "messages": [{"role": "user", "content": "Tell me everything about water."}], "max_tokens": %d, "stream": true, "ignore_eos": true}"""
                .formatted(Lab.CHAT, most), RawCall.NEVER, heard);
    }

    private static Callable<Boolean> until(CountDownLatch over, String key, Queue<RawCall> seen) {
        return () -> {
            while (over.getCount() > 0) {
                seen.add(stream(key, 10));
            }
            return true;
        };
    }

    private static long count(Queue<RawCall> seen, int status) {
        return seen.stream().filter(call -> call.status() == status).count();
    }

    private static List<String> idsOfRefused(Queue<RawCall> seen, List<ModelAnswer> refused) {
        return Stream.concat(
                seen.stream().filter(call -> call.status() == 503).map(call -> call.call().orElseThrow()), refused.stream().map(answer -> answer.call().toString())).toList();
    }

    private static List<RawCall> all(List<Future<RawCall>> calls) throws Exception {
        List<RawCall> seen = new ArrayList<>();
        for (Future<RawCall> call : calls) {
            seen.add(call.get());
        }
        return seen;
    }
}
