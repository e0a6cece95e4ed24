package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.standalone.machine.StartFailure;
import dev.penstock.standalone.postgres.PostgresServer;
import dev.penstock.standalone.postgres.PostgresSettings;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** quota-service as a process of its own, killed with streams alive; then its database, killed under load. */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KilledQuotaServiceTest {

    private static final int STREAMS = 20;
    private static final int LONG_ANSWER = 2_000;
    private static final int ALIVE = 10;
    private static final Duration RECOVERED = Duration.ofSeconds(60);
    private static final BigInteger ENOUGH = BigInteger.TEN.pow(15);

    private static RunningPenstock penstock;
    private static OwnProcess quota;
    private static Lab lab;
    private static String key;
    private static LimitId tokens;

    @BeforeAll
    static void start() {
        penstock = RunningPenstock.start("--without", "quota-service");
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
        penstock.close();
    }

    @Test
    @Order(1)
    void whatAKilledServiceLeftOpenIsSettledOnceAtItsBoundAndNothingStaysReserved() throws Exception {
        Ledger ledger = new Ledger(penstock, lab.tenant());
        List<RawCall> seen;
        try (ExecutorService callers = Executors.newFixedThreadPool(STREAMS)) {
            List<Future<RawCall>> streams = IntStream.range(0, STREAMS).mapToObj(number -> callers.submit(() -> stream(LONG_ANSWER))).toList();
            Eventually.eventually("all streams are alive", Duration.ofSeconds(30), () -> EngineLog.running(penstock, ALIVE) == STREAMS);
            quota.kill();
            seen = all(streams);
        }
        assertThat(seen).as("streams that were cut").allMatch(call -> call.status() == 200 && !call.whole());
        assertThat(seen.stream().mapToLong(RawCall::tokens).sum()).as("something had been delivered").isPositive();

        quota.startAgain();
        ledger.awaitQuiet(RECOVERED);
        ledger.requireInvariants();
        List<Ledger.Row> rows = ledger.rows();
        assertThat(rows).hasSize(STREAMS).allMatch(Ledger.Row::estimated).allSatisfy(row -> {
            RawCall caller = seen.stream().filter(call -> call.call().orElseThrow().equals(row.call())).findFirst().orElseThrow();
            assertThat(row.output()).isBetween(caller.tokens(), row.boundOutput());
            assertThat(row.input()).isPositive().isLessThanOrEqualTo(row.boundInput());
        });
        assertThat(lab.limit(tokens).used()).isEqualTo(ledger.sum("input + cache_read + cache_write + output"));
        assertThat(stream(5).whole()).as("it works as before").isTrue();
    }

    @Test
    @Order(2)
    void whatWasAcknowledgedSurvivesAKilledDatabase() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        List<RawCall> seen = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(STREAMS)) {
            List<Future<List<RawCall>>> running = IntStream.range(0, STREAMS).mapToObj(number -> callers.submit(until(over))).toList();
            Eventually.eventually("calls are under way", Duration.ofSeconds(10), () -> EngineLog.running(penstock, 1) > 0);
            ProcessHandle postgres = ProcessHandle.of(penstock.runFile().get("postgresPid").asLong()).orElseThrow();
            postgres.destroyForcibly();
            postgres.onExit().join();
            restartPostgres();
            Eventually.eventually("calls are answered again", Duration.ofSeconds(60), () -> answered());
            over.countDown();
            for (Future<List<RawCall>> calls : running) {
                seen.addAll(calls.get());
            }
        }
        Ledger ledger = new Ledger(penstock, lab.tenant());
        ledger.awaitQuiet(RECOVERED);
        ledger.requireInvariants();
        Set<String> booked = ledger.rows().stream().map(Ledger.Row::call).collect(Collectors.toSet());
        List<RawCall> acknowledged = seen.stream().filter(call -> call.status() == 200).toList();
        assertThat(acknowledged).isNotEmpty().allSatisfy(call -> assertThat(booked).contains(call.call().orElseThrow()));
        assertThat(seen).as("what could not be booked was not answered").allMatch(call -> Set.of(0, 200, 503).contains(call.status()));
        System.out.printf("%d calls around the death of the database: %d answered, %d refused%n", seen.size(), acknowledged.size(), seen.size() - acknowledged.size());
        assertThat(lab.limit(tokens).used()).isEqualTo(ledger.sum("input + cache_read + cache_write + output"));
    }

    private static RawCall stream(int most) throws IOException {
        return RawCall.play(URI.create(lab.gateway()), key, "/v1/chat/completions", """
                {"model": "%s", "messages": [{"role": "user", "content": "Tell me everything about water."}], "max_tokens": %d, "stream": true, "ignore_eos": true}"""
                .formatted(Lab.CHAT, most), RawCall.NEVER);
    }

    private static boolean answered() {
        try {
            return stream(2).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static Callable<List<RawCall>> until(CountDownLatch over) {
        return () -> {
            List<RawCall> calls = new ArrayList<>();
            while (over.getCount() > 0) {
                calls.add(stream(10));
            }
            return calls;
        };
    }

    /** What an operating system does with a database that died: it starts it again, and PostgreSQL recovers from its log. */
    private static void restartPostgres() {
        Path data = penstock.data();
        int port = penstock.runFile().get("ports").get("postgres").asInt();
        PostgresServer server = PostgresServer.prepare(new PostgresSettings(
                data.resolve("postgres"), data.resolve("cache").resolve("postgresql-18.6"), data.resolve("logs").resolve("postgres.log"), port, penstock.database().get("password")));
        // The processes that the dead one began notice its death one by one, and hold its memory until then.
        Eventually.eventually("PostgreSQL starts again", Duration.ofSeconds(30), () -> {
            try {
                server.start();
                return true;
            } catch (StartFailure notYet) {
                return false;
            }
        });
    }

    private static List<RawCall> all(List<Future<RawCall>> calls) throws Exception {
        List<RawCall> seen = new ArrayList<>();
        for (Future<RawCall> call : calls) {
            seen.add(call.get());
        }
        return seen;
    }
}
