package dev.penstock.quota.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.db.testing.TestDatabase;
import dev.penstock.quota.Answer;
import dev.penstock.quota.JournalImport;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.admission.Admission;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.Verdict;
import dev.penstock.quota.admission.Verdict.Level;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Cause;
import dev.penstock.quota.journal.Counts;
import dev.penstock.quota.journal.Journal;
import dev.penstock.quota.journal.Payer;
import dev.penstock.quota.journal.Settlement;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** A replica ends with calls under way, is declared gone for good with its disk, and the disk turns up after all, or does not. */
@Timeout(300)
class GoneReplicaTest {

    /** What only guards against hanging. */
    private static final Duration LATEST = Duration.ofSeconds(30);

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final RunningService OTHER = RunningService.pricedOn(DATABASE, of("other"));

    /** Bounds of one call, and what it is answered with by its last word. */
    private static final long INPUT = 1_000;
    private static final long OUTPUT = 500;
    private static final long COUNTED = 40;
    private static final long DAY = 100_000;

    private final SpendBench bench = new SpendBench(OTHER);
    private final SpendBench.Tenant tenant = bench.tenant();
    private final LimitId tokens = tenant.limit(Level.TENANT, Meter.TOKENS, Window.DAY, DAY);

    /**
     * What is left of a replica that is there no more.
     *
     * @param streaming a call whose answer it was reading
     * @param untouched a call of which nothing was sent yet
     */
    private record Gone(String name, UUID journal, String folder, Attempt streaming, Attempt untouched) {

        String path() {
            return "/api/replicas/" + name + "/journals/" + journal + "/write-off";
        }
    }

    private static String[] of(String replica) {
        return new String[] {
            "--penstock.admission.mode=allotments", "--penstock.admission.replica=" + replica, "--penstock.gateway.stop-time=300ms", "--penstock.write-off.look-every=100ms"
        };
    }

    @AfterAll
    static void stop() {
        OTHER.stop();
    }

    @AfterEach
    void theBooksHoldTogether() {
        bench.clock.followRealTime();
        bench.isSound(null);
    }

    @Test
    void whatItsCallsCanHaveCostIsPlatformLossAndWhatItHeldStaysCounted() {
        LimitId money = tenant.limit(Level.TENANT, Meter.MONEY, Window.MONTH, BigInteger.TEN.pow(15));
        tenant.limit(Level.KEY, Meter.MONEY, Window.DAY, BigInteger.TEN.pow(15));
        Gone gone = gone();
        String held = use(tokens);
        String worth = tenant.use(money).split("/")[1];
        assertThat(new BigInteger(worth)).isEqualTo(BigInteger.valueOf(2 * cost(INPUT, OUTPUT)));
        assertThat(replica(gone).path("unread").asInt()).isEqualTo(1);
        JsonNode before = replica(gone).path("left").path(0);
        assertThat(before.path("attempts").asInt()).isEqualTo(2);
        assertThat(before.path("money").path(0).path("picoUnits").asString()).isEqualTo(worth);
        assertThat(before.path("goneFrom").isNull()).isTrue();

        Answer first = declared(gone);
        assertThat(first.body().path("losses").path(0).path("amount").path("picoUnits").asString()).isEqualTo(worth);
        Answer again = OTHER.send(OTHER.admin(), "PUT", gone.path(), "{\"reason\": \"said twice\"}").is(200);
        assertThat(again.body()).isEqualTo(first.body());

        assertThat(tenant.ledger()).containsExactlyInAnyOrder("platform-loss EUR " + worth, "revenue EUR -" + worth);
        assertThat(use(tokens)).as("no limit forgets it").isEqualTo(held);
        assertThat(tenant.refused(tenant.ask(DAY, 0)).used()).isEqualTo(BigInteger.valueOf(2 * (INPUT + OUTPUT)));
        JsonNode after = replica(gone);
        assertThat(after.path("unread").asInt()).isZero();
        assertThat(after.path("left").path(0).path("writtenOff").path("reason").asString()).isEqualTo("its disk is broken");
        assertThat(after.path("left").path(0).path("money").path(0).path("picoUnits").asString()).isEqualTo(worth);
        JsonNode health = health();
        assertThat(health.path("settlement").path("unheard").asInt()).isZero();
        assertThat(sum(health, "TOKENS", "writtenOff")).isGreaterThanOrEqualTo(2 * (INPUT + OUTPUT));
        assertThat(OTHER.column("select actor || ' ' || reason from audit.entry where action = 'replica.write-off' and outcome = 'done' and subject_id = '%s'".formatted(gone.name())))
                .containsExactly("admin its disk is broken");
    }

    @Test
    void whenThePeriodEndsItIsCountedNoLongerAndTheLossStays() {
        tenant.limit(Level.TENANT, Meter.MONEY, Window.MONTH, BigInteger.TEN.pow(15));
        Gone gone = gone();
        declared(gone);
        List<String> books = tenant.ledger();
        assertThat(books).isNotEmpty();

        bench.clock.set(bench.clock.instant().plus(Duration.ofDays(1)));
        tenant.admitted(tenant.ask(DAY / 2, DAY / 2));
        assertThat(tenant.ledger()).isEqualTo(books);
        bench.isSound(tenant);
    }

    @Test
    void whenItsJournalIsImportedAllIsAsIfItHadNeverBeenGone() {
        tenant.limit(Level.TENANT, Meter.MONEY, Window.MONTH, BigInteger.TEN.pow(15));
        Gone gone = gone();
        declared(gone);

        assertThat(imported(gone)).contains("What it held of limits of 1 tenants is returned.", "what was written off is taken back", "2 attempts: 2 are settled now");
        isAsItsJournalTells(gone);
        assertThat(imported(gone)).startsWith("0 attempts:");
        isAsItsJournalTells(gone);
    }

    @Test
    void whenItStartsOnItsDiskAfterAllAllIsAsIfItHadNeverBeenGone() {
        tenant.limit(Level.TENANT, Meter.MONEY, Window.MONTH, BigInteger.TEN.pow(15));
        Gone gone = gone();
        declared(gone);

        RunningService back = RunningService.on(DATABASE, Stream.concat(Stream.of(of(gone.name())), Stream.of("--penstock.journal.folder=" + gone.folder())).toArray(String[]::new));
        try {
            await().atMost(LATEST).until(() -> OTHER.column("select count(*) from quota.write_off where reversed_at is not null and replica = '%s'".formatted(gone.name())), List.of("1")::equals);
            await().atMost(LATEST).until(() -> use(tokens).endsWith("/0"));
            isAsItsJournalTells(gone);
            assertThat(back.bean(Admission.class).admit(tenant.ask(1, 1))).as("its name is its own again").isInstanceOf(Verdict.Admitted.class);
            assertThat(OTHER.send(OTHER.admin(), "PUT", gone.path(), reason()).isProblem(409, "wrong_state").detail()).contains(gone.name() + " was heard of at", "from");
        } finally {
            back.stop();
        }
    }

    @Test
    void withAnEmptyDiskItBeginsANewEpochAndNothingIsTakenBack() {
        tenant.limit(Level.TENANT, Meter.MONEY, Window.MONTH, BigInteger.TEN.pow(15));
        Gone gone = gone();
        declared(gone);
        List<String> books = tenant.ledger();
        RunningService another = RunningService.on(DATABASE, of(gone.name()));
        try {
            assertThat(another.bean(Admission.class).admit(tenant.ask(1, 1))).isInstanceOf(Verdict.Admitted.class);
            assertThat(tenant.ledger()).isEqualTo(books);
            assertThat(replica(gone).path("left").path(0).path("writtenOff").isNull()).isFalse();
        } finally {
            another.stop();
        }
    }

    @Test
    void whoIsHeardOfOrUnknownOrHasLeftNothingIsNotWrittenOff() {
        String journal = OTHER.bean(Journal.class).id().toString();
        tenant.admitted(tenant.ask(10, 10));
        assertThat(OTHER.send(OTHER.admin(), "PUT", "/api/replicas/other/journals/" + journal + "/write-off", reason()).isProblem(409, "wrong_state").detail())
                .contains("Replica other was heard of at");
        assertThat(OTHER.send(OTHER.admin(), "PUT", "/api/replicas/nobody/journals/" + journal + "/write-off", reason()).isProblem(404, "not_found").detail())
                .isEqualTo("No replica has gone by the name nobody.");
        assertThat(OTHER.send(OTHER.admin(), "PUT", "/api/replicas/other/journals/" + UUID.randomUUID() + "/write-off", reason()).isProblem(404, "not_found").detail())
                .contains("has left nothing by the journal");
        OTHER.send(OTHER.admin(), "PUT", "/api/replicas/other/journals/" + journal + "/write-off", "{\"reason\": \" \"}").isProblem(400, "invalid_input");
        assertThat(tenant.ledger()).isEmpty();
        assertThat(OTHER.column("select count(*) from audit.entry where action = 'replica.write-off' and outcome = 'refused' and subject_id in ('other', 'nobody')").getFirst())
                .isNotEqualTo("0");
    }

    /** As if nobody had ever declared it gone: one call at its last count, of the other nothing was sent; no loss, and nothing held. */
    private void isAsItsJournalTells(Gone gone) {
        assertThat(tenant.usage("call_id || ' ' || concat_ws(' ', status, estimated, input, output)")).containsExactlyInAnyOrder(
                gone.streaming().call() + " 200 f " + INPUT + " " + COUNTED, gone.untouched().call() + " 503 f 0 0");
        String cost = Long.toString(cost(INPUT, COUNTED));
        assertThat(tenant.ledger()).containsExactlyInAnyOrder(
                "caller EUR " + cost, "caller input " + INPUT, "caller output " + COUNTED, "revenue EUR -" + cost, "upstream input -" + INPUT, "upstream output -" + COUNTED);
        assertThat(use(tokens)).isEqualTo(INPUT + COUNTED + "/0");
    }

    /** Two calls are under way when it ends; what is idle it returns. Then nobody hears of it for an hour. */
    private Gone gone() {
        String name = "gone-" + UUID.randomUUID();
        RunningService dying = RunningService.on(DATABASE, of(name));
        Attempt streaming = admitted(dying);
        Attempt untouched = admitted(dying);
        dying.bean(Journal.class).keep(new Settlement(streaming, 200, new Counts.Read(INPUT, 0, 0, COUNTED), Payer.CALLER, Cause.KILLED, Duration.ofMillis(5), null));
        Gone gone = new Gone(
                name, dying.bean(Journal.class).id(), Objects.requireNonNull(dying.context().getEnvironment().getProperty("penstock.journal.folder")), streaming, untouched);
        await().atMost(LATEST).until(() -> OTHER.column("select sum(attempts) from quota.under_way where replica = '%s'".formatted(name)), List.of("2")::equals);
        dying.stop();
        OTHER.execute("""
                update quota.replica set started_at = started_at - interval '1 hour', seen_at = seen_at - interval '1 hour', contact_at = contact_at - interval '1 hour',
                                         told_at = told_at - interval '1 hour' where name = '%1$s';
                update quota.life set as_of = as_of - interval '1 hour' where replica = '%1$s'""".formatted(name));
        return gone;
    }

    private Attempt admitted(RunningService dying) {
        Ask ask = tenant.ask(INPUT, OUTPUT);
        assertThat(dying.bean(Admission.class).admit(ask)).isInstanceOf(Verdict.Admitted.class);
        return ask.attempt();
    }

    private static Answer declared(Gone gone) {
        return OTHER.send(OTHER.admin(), "PUT", gone.path(), reason()).is(200);
    }

    private static String reason() {
        return "{\"reason\": \"its disk is broken\"}";
    }

    private static JsonNode health() {
        return OTHER.send(OTHER.admin(), "GET", "/api/health", null).is(200).body();
    }

    private static JsonNode replica(Gone gone) {
        return health().path("replicas").valueStream().filter(each -> each.path("name").asString().equals(gone.name())).findFirst().orElseThrow();
    }

    private static long sum(JsonNode health, String meter, String figure) {
        return health.path("setAside").valueStream().filter(each -> each.path("meter").asString().equals(meter)).mapToLong(each -> each.path(figure).asLong()).sum();
    }

    private String use(LimitId limit) {
        return tenant.use(limit);
    }

    private static long cost(long input, long output) {
        return input * SpendBench.INPUT_PRICE + output * SpendBench.OUTPUT_PRICE;
    }

    /** What the program says. */
    private static String imported(Gone gone) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String url = Objects.requireNonNull(OTHER.context().getEnvironment().getProperty("penstock.database.url"));
        String[] settings = RunningService.argumentsWith(List.of("--logging.level.root=warn"), url, OTHER.issuer().issuer());
        JournalImport.run(new PrintStream(said, true, StandardCharsets.UTF_8), Stream.concat(Stream.of("journal", "import", gone.folder()), Stream.of(settings)).toArray(String[]::new));
        return said.toString(StandardCharsets.UTF_8).strip();
    }
}
