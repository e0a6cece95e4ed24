package dev.penstock.quota.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.JournalImport;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.admission.Verdict.Level;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Cause;
import dev.penstock.quota.journal.Counts;
import dev.penstock.quota.journal.JournalCopy;
import dev.penstock.quota.journal.Payer;
import dev.penstock.quota.journal.Settlement;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.logging.LoggingSystem;

/** The journal of a replica that died, settled by whoever finds it, as often as they like. */
class LeftJournalTest {

    private static final int OF_EACH = 12;

    private final SpendBench bench = SpendBench.get();
    private final SpendBench.Tenant tenant = bench.tenant();
    private final LimitId tokens = tenant.limit(Level.TENANT, Meter.TOKENS, Window.LIFE, 100_000L);
    private final List<Attempt> untouched = new ArrayList<>();
    private final List<Attempt> streaming = new ArrayList<>();
    private final List<Attempt> ended = new ArrayList<>();

    /** A third was never sent, a third is being answered, a third has ended. */
    @BeforeEach
    void callsAreUnderWay() {
        tenant.limit(Level.KEY, Meter.CONCURRENCY, Window.NOW, 100L);
        for (int i = 0; i < OF_EACH; i++) {
            untouched.add(tenant.admitted(tenant.ask(100, 50)));
            streaming.add(tenant.admitted(tenant.ask(100, 50)));
            ended.add(tenant.admitted(tenant.ask(100, 50)));
            bench.journal.keep(now(streaming.getLast(), i));
        }
        ended.forEach(attempt -> bench.settle(SpendBench.completed(attempt, 90, 10)));
    }

    /** The process is alive in truth, and tells its own ends at last: too late. */
    @AfterEach
    void andWhatIsToldAfterwardsChangesNothing() {
        List<String> before = tenant.usage("concat_ws(' ', call_id, status, estimated, input, output)");
        Stream.concat(untouched.stream(), streaming.stream()).forEach(attempt -> bench.settle(SpendBench.completed(attempt, 99, 49)));
        assertThat(tenant.usage("concat_ws(' ', call_id, status, estimated, input, output)")).isEqualTo(before);
        bench.isSoundAndQuiet(tenant);
    }

    @Test
    void replayedManyTimesInAnyOrderByManyAtOnceItIsSettledOnce() throws Exception {
        List<Settlement> left = ours(JournalCopy.of(journal()).ends());
        assertThat(left).hasSizeGreaterThanOrEqualTo(2 * OF_EACH);
        try (ExecutorService settlers = Executors.newFixedThreadPool(4)) {
            List<Future<?>> replays = new ArrayList<>();
            for (int replay = 0; replay < 10; replay++) {
                List<Settlement> shuffled = new ArrayList<>(left);
                Collections.shuffle(shuffled, new Random(replay));
                replays.add(settlers.submit(() -> {
                    for (int from = 0; from < shuffled.size(); from += 7) {
                        bench.apply(tenant.id(), shuffled.subList(from, Math.min(from + 7, shuffled.size())));
                    }
                }));
            }
            for (Future<?> replay : replays) {
                replay.get();
            }
        }
        eachIsSettledAsItsJournalSays();
    }

    @Test
    void importedByTwoProgramsAtOnceAndOnceMoreItIsSettledOnce() throws Exception {
        JournalCopy one = JournalCopy.of(journal());
        JournalCopy other = JournalCopy.of(journal());
        List<Future<String>> imports;
        // Programs have a logging system each; two that begin in one machine reset the same, and one of them fails now and then.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        try (ExecutorService programs = Executors.newFixedThreadPool(2)) {
            imports = Stream.of(one, other).map(copy -> programs.submit(() -> run(copy.folder()))).toList();
        } finally {
            System.clearProperty(LoggingSystem.SYSTEM_PROPERTY);
        }
        assertThat(imports.get(0).get()).endsWith("0 cannot be settled.");
        assertThat(imports.get(1).get()).endsWith("0 cannot be settled.");
        eachIsSettledAsItsJournalSays();
        assertThat(one.replay()).as("what is settled is deleted").isEmpty();
        assertThat(run(one.folder())).isEqualTo("0 attempts: 0 are settled now, 0 had been or were never admitted, 0 cannot be settled.");
        assertThat(run(JournalCopy.of(journal()).folder())).contains(" attempts: 0 are settled now");
        eachIsSettledAsItsJournalSays();
    }

    private void eachIsSettledAsItsJournalSays() {
        for (Attempt attempt : untouched) {
            assertThat(row(attempt)).isEqualTo("503 f 0 0");
        }
        for (int i = 0; i < OF_EACH; i++) {
            assertThat(row(streaming.get(i))).isEqualTo("200 f 90 " + i);
        }
        for (Attempt attempt : ended) {
            assertThat(row(attempt)).isEqualTo("200 f 90 10");
        }
        assertThat(tenant.usage("call_id")).hasSize(3 * OF_EACH);
        long used = OF_EACH * 90L + OF_EACH * (OF_EACH - 1) / 2 + OF_EACH * 100L;
        assertThat(tenant.use(tokens)).isEqualTo(used + "/0");
        bench.isSoundAndQuiet(tenant);
    }

    private String row(Attempt attempt) {
        return bench.service.column("select concat_ws(' ', status, estimated, input, output) from quota.usage where call_id = '%s'".formatted(attempt.call())).getFirst();
    }

    private static Settlement now(Attempt attempt, int output) {
        return new Settlement(attempt, 200, new Counts.Read(90, 0, 0, output), Payer.CALLER, Cause.KILLED, Duration.ofMillis(5), null);
    }

    private List<Settlement> ours(List<Settlement> all) {
        return all.stream().filter(end -> end.attempt().tenant().equals(tenant.id())).toList();
    }

    private Path journal() {
        return Path.of(setting("penstock.journal.folder"));
    }

    /** What the program says at last. */
    private String run(Path folder) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] settings = RunningService.argumentsWith(List.of("--logging.level.root=warn"), setting("penstock.database.url"), bench.service.issuer().issuer());
        JournalImport.run(new PrintStream(said, true, StandardCharsets.UTF_8), Stream.concat(Stream.of("journal", "import", folder.toString()), Stream.of(settings)).toArray(String[]::new));
        return said.toString(StandardCharsets.UTF_8).strip();
    }

    private String setting(String name) {
        return Objects.requireNonNull(bench.service.context().getEnvironment().getProperty(name));
    }
}
