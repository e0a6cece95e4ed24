package dev.penstock.quota.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.Egress;
import dev.penstock.contract.quota.Steered;
import dev.penstock.db.testing.TestDatabase;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Ended;
import dev.penstock.quota.settlement.LateUse;
import dev.penstock.quota.settlement.OldUse;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Days of usage leave the database whole and proved, or stay. Each test has days of its own, later than those of the tests before. */
class ArchiveTest {

    private static final int MONTHS = 1;
    private static final Path FOLDER = folder();
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final RunningService SERVICE = RunningService.pricedOn(
            DATABASE, "--penstock.settlement.sweep-every=1h", "--penstock.usage.retention=" + MONTHS + "m",
            "--penstock.usage.archive-folder=" + FOLDER, "--penstock.usage.archive-every=1h");

    /** Days are made for 800 days back. */
    private static LocalDate next = LocalDate.now(ZoneOffset.UTC).minusDays(700);

    private final OldUse use = new OldUse(SERVICE);
    private final LocalDate day = nextDay();
    private final LateEnds late = new LateEnds(SERVICE.bean(JobTransactions.class), SERVICE.bean(DayTable.class), archives(step -> {}), SERVICE.bean(LateUse.class));

    /** An Error, so that nothing that is there to handle failures can handle it. */
    private static final class Killed extends Error {

        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    @AfterEach
    void theBooksHoldTogether() {
        archiveAll();
        late.decide();
        use.everythingIsSound();
    }

    @Test
    void aDayLeavesWholeAndItsTotalsStay() {
        LimitId lifelong = use.lifelong();
        use.settled(noon(), 5);
        YearMonth month = YearMonth.from(day);
        JsonNode before = statement(month);
        List<String> ledger = use.ledger();

        ArchivedDay archived = archived();

        assertThat(use.usage("call_id")).isEmpty();
        assertThat(archived.sums()).singleElement().satisfies(sum -> {
            assertThat(sum.tenant()).isEqualTo(use.tenant().value());
            assertThat(List.of(sum.rows(), sum.input().longValueExact(), sum.output().longValueExact())).containsExactly(5L, 450L, 50L);
            assertThat(sum.cost()).isEqualTo(before.path("exact").path("picoUnits").bigIntegerValue());
        });
        JsonNode after = statement(month);
        assertThat(after.path("balanced").asBoolean()).as("rows are gone, roll-ups and postings say the same").isTrue();
        assertThat(after.path("lines")).isEqualTo(before.path("lines"));
        assertThat(List.of(after.path("exact"), after.path("billed"))).isEqualTo(List.of(before.path("exact"), before.path("billed")));
        assertThat(use.ledger()).isEqualTo(ledger);
        assertThat(use.use(lifelong)).isEqualTo("500/0");
        // Counted anew: from roll-ups.
        use.remove(lifelong);
        assertThat(use.use(use.lifelong())).isEqualTo("500/0");
    }

    /** What left the house, and why a call was answered by another, is told by words that are in the database: an archive spells them out. */
    @Test
    void receiptsAreReadWithoutTheDatabase() {
        use.settled(noon(), 2);
        String mine = " where tenant_id = '" + use.tenant() + "'";
        SERVICE.execute("insert into quota.usage_egress (tenant_id, id, upstream, version, data_class, asked_as) values ('" + use.tenant() + "', 1, 'elsewhere', 3, 'INTERNAL', 'alias a, tier 1')");
        SERVICE.execute("update quota.usage_model set asked = 'big', why = 'policy 2, rule 1'" + mine);
        SERVICE.execute("update quota.usage set upstream = 1, reasoning = 4" + mine);
        SERVICE.execute("update quota.usage_rollup set reasoning = 4 * attempts" + mine);
        ArchivedDay archived = archived();

        List<ArchiveLine> lines = new ArrayList<>();
        archives(step -> {}).read(archived, lines::add);
        assertThat(lines).hasSize(2).allSatisfy(line -> {
            assertThat(line.egress()).isEqualTo(new Egress("elsewhere", 3, DataClass.INTERNAL, "alias a, tier 1"));
            assertThat(line.steered()).isEqualTo(new Steered("big", "policy 2, rule 1"));
            assertThat(line.reasoning()).isEqualTo(4L);
        });
    }

    @Test
    void anArchiveOfBeforeSaysNothingOfReceipts() {
        ArchiveLine line = JsonMapper.shared().readValue("""
                {"time":"2026-03-01T12:00:00Z","call":"%1$s","attempt":0,"tenant":"%1$s","project":"%1$s","key":"%1$s","person":null,"endpoint":null,"upstream":1,
                 "model":"m","sku":"s","path":1,"priceVersion":1,"status":200,"estimated":false,"input":1,"cacheRead":0,"cacheWrite":0,"output":1,"cost":"5",
                 "durationMs":7,"firstTokenMs":null}""".formatted(use.tenant()), ArchiveLine.class);
        assertThat(line.exactCost()).isEqualTo(5);
        assertThat(Arrays.asList(line.reasoning(), line.egress(), line.steered())).containsOnlyNulls();
    }

    /** Its first day from roll-ups, its second from rows. */
    @Test
    void aMonthThatIsHalfArchivedIsWhole() {
        use.settled(noon(), 2);
        use.settled(noon().plus(Duration.ofDays(1)), 3);
        YearMonth month = YearMonth.from(day);
        JsonNode before = statement(month);
        archived();
        assertThat(use.usage("call_id")).hasSize(3);
        JsonNode after = statement(month);
        assertThat(after.path("balanced").asBoolean()).isTrue();
        assertThat(after.path("lines")).isEqualTo(before.path("lines"));
        use.everythingIsSound();
    }

    @Test
    void theProgramDoesItByItself() {
        use.settled(noon(), 3);
        Ended lost = use.inJournal(noon().plusSeconds(5));
        SERVICE.execute("update quota.turn set taken_at = '-infinity' where name = 'usage-archive'");
        SERVICE.bean(Archiving.class).rhythm().wake();
        use.waitUntil(() -> files(day).size() == 1 && use.usage("call_id").isEmpty());

        use.tell(lost);
        SERVICE.execute("update quota.turn set taken_at = '-infinity' where name = 'usage-archive'");
        SERVICE.bean(Archiving.class).rhythm().wake();
        use.waitUntil(() -> !use.usage("call_id").isEmpty());
        assertThat(SERVICE.bean(MeterRegistry.class).get("penstock.usage.archived.rows").counter().count()).isGreaterThanOrEqualTo(3);
        assertThat(SERVICE.bean(MeterRegistry.class).get("penstock.usage.archive.failing").gauge().value()).isZero();
    }

    @Test
    void theTrailNamesCountsSumsAndDigestForAllAndForTheTenant() {
        use.settled(noon(), 3);
        ArchivedDay archived = archived();
        String entry = "select concat_ws(' ', outcome, after->>'file', after->>'sha256', after->>'rows', after->>'input', after->>'output', after->>'cost') from audit.entry where action = 'usage.archive' and subject_id = '%s' and tenant_id "
                .formatted(day);
        String said = "done %s %s 3 270 30 %s".formatted(archived.file(), archived.sha256(), 3 * (90 * RunningService.INPUT_PRICE + 10 * RunningService.OUTPUT_PRICE));
        assertThat(SERVICE.column(entry + "is null")).containsExactly(said);
        assertThat(SERVICE.column(entry + "= '" + use.tenant() + "'")).containsExactly(said);
        assertThat(SERVICE.column("select concat_ws(' ', file, encode(sha256, 'hex'), rows) from quota.usage_archive where day = '%s'".formatted(day)))
                .containsExactly(archived.file() + " " + archived.sha256() + " 3");
    }

    @Test
    void whoAsksForItsCallsIsToldThatTheyAreArchived() {
        use.settled(noon(), 2);
        String calls = "/api/usage/calls?tenant=%s&from=%s&to=%s".formatted(use.tenant(), noon(), noon().plus(Duration.ofDays(3)));
        assertThat(SERVICE.send(SERVICE.admin(), "GET", calls, null).is(200).body().path("archivedBefore").isNull()).isTrue();
        archived();
        JsonNode page = SERVICE.send(SERVICE.admin(), "GET", calls, null).is(200).body();
        assertThat(page.path("calls")).isEmpty();
        assertThat(page.path("archivedBefore").asString()).isEqualTo(day.plusDays(1) + "T00:00:00Z");
        JsonNode line = statement(YearMonth.from(day)).path("lines").get(0);
        JsonNode rows = SERVICE.send(SERVICE.admin(), "GET", "/api/tenants/%s/statements/%s/lines/%s".formatted(use.tenant(), YearMonth.from(day), line.path("id").asString()), null)
                .is(200).body();
        assertThat(rows.path("archivedBefore").asString()).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource
    void killedBeforeAnyStepAndTakenUpAgain(ArchiveStep step) {
        use.settled(noon(), 4);
        archiveUntil(day);
        assertThatThrownBy(() -> archiver(dying(step)).archiveOldest(MONTHS)).isInstanceOf(Killed.class);
        if (step != ArchiveStep.DONE) {
            assertThat(use.usage("call_id")).as("nothing is dropped").hasSize(4);
            archived();
        }
        assertThat(use.usage("call_id")).isEmpty();
        List<String> files = files(day);
        assertThat(files).as("one file, and nothing half").hasSize(1);
        assertThat(SERVICE.column("select file from quota.usage_archive where day = '%s'".formatted(day))).isEqualTo(files);
        assertThat(SERVICE.column("select count(*) from audit.entry where action = 'usage.archive' and subject_id = '%s'".formatted(day))).containsExactly("2");
    }

    @Test
    void aRowThatComesInBetweenIsNotLost() {
        use.settled(noon(), 2);
        Ended between = use.inJournal(noon().plus(Duration.ofHours(1)));
        archiveUntil(day);
        assertThatThrownBy(() -> archiver(step -> {
            if (step == ArchiveStep.DROP) {
                use.tell(between);
            }
        }).archiveOldest(MONTHS)).isInstanceOf(ArchiveFailed.class).hasMessageContaining("does not hold the rows of the day");
        assertThat(use.usage("call_id")).hasSize(3);
        assertThat(archived().rows()).isEqualTo(3);
    }

    @Test
    void anArchiveThatIsNotWhatWasWrittenDropsNothing() {
        use.settled(noon(), 2);
        archiveUntil(day);
        assertThatThrownBy(() -> archiver(step -> {
            if (step == ArchiveStep.VERIFY) {
                flipAByte(FOLDER.resolve(files(day).getFirst()));
            }
        }).archiveOldest(MONTHS)).isInstanceOf(ArchiveFailed.class).hasCauseInstanceOf(DamagedArchive.class);
        assertThat(use.usage("call_id")).hasSize(2);
        archived();
    }

    @Test
    void aFolderThatCannotBeWrittenDropsNothingAndSaysSo() {
        use.settled(noon(), 2);
        archiveUntil(day);
        ArchiveFolder gone = new ArchiveFolder(FOLDER.resolve("not-mounted"), step -> {});
        Archiver archiver = new Archiver(SERVICE.bean(JobTransactions.class), SERVICE.bean(DayTable.class), gone, step -> {});
        assertThatThrownBy(() -> archiver.archiveOldest(MONTHS)).isInstanceOf(ArchiveFailed.class)
                .hasMessageContaining("Usage of " + day + " stays in the database").hasMessageContaining("not-mounted");
        assertThat(use.usage("call_id")).hasSize(2);
    }

    /** The same as what a write or a sync on a full disk throws. */
    @Test
    void aFullDiskDropsNothingAndLeavesNothingHalf() {
        use.settled(noon(), 2);
        archiveUntil(day);
        assertThatThrownBy(() -> archiver(step -> {
            if (step == ArchiveStep.NAME) {
                ArchiveTest.<RuntimeException>sneak(new IOException("No space left on device"));
            }
        }).archiveOldest(MONTHS)).isInstanceOf(ArchiveFailed.class).hasMessageContaining("No space left on device");
        assertThat(use.usage("call_id")).hasSize(2);
        assertThat(files(day)).as("a full disk has its room back").isEmpty();
        archived();
    }

    /** Whoever reads would make all others wait. */
    @Test
    void aReaderInTheMiddleIsNotWaitedForLong() throws SQLException {
        use.settled(noon(), 2);
        archiveUntil(day);
        try (Connection reader = DATABASE.connectAsAdmin()) {
            reader.setAutoCommit(false);
            reader.createStatement().execute("select count(*) from quota.usage");
            assertThatThrownBy(() -> archiver(step -> {}).archiveOldest(MONTHS)).isInstanceOf(ArchiveFailed.class).hasMessageContaining("lock timeout");
            reader.rollback();
        }
        assertThat(use.usage("call_id")).hasSize(2);
        archived();
    }

    @Test
    void aDayStaysWhileAnAttemptOfItIsOpen() {
        Attempt open = use.open(noon());
        archiveAll();
        assertThat(why(day)).contains("an attempt of that time is open");
        use.end(open);
        assertThat(archived().rows()).isOne();
    }

    @Test
    void aDayStaysWhileAReplicaTellsOfAnAttemptOfIt() {
        use.settled(noon(), 1);
        archiveUntil(day);
        SERVICE.execute("""
                insert into quota.replica (name, epoch) values ('old', 1) on conflict do nothing;
                insert into quota.life (replica, epoch, journal) values ('old', 1, gen_random_uuid());
                insert into quota.under_way values ('old', 1, gen_random_uuid(), 1, 1, 1, '%s')""".formatted(noon()));
        assertThat(why(day)).contains("a replica has told of an attempt of that time");
        assertThat(archiver(step -> {}).archiveOldest(MONTHS)).isEmpty();
        SERVICE.execute("delete from quota.life where replica = 'old'");
        archived();
    }

    @Test
    void aDayStaysWhileItsAuditTrailIsNotSealed() {
        use.settled(noon(), 1);
        archiveUntil(day);
        String id = HexFormat.of().toHexDigits(noon().toEpochMilli(), 12);
        // Not append only here: an entry that the sealer does not find, as if it were behind.
        SERVICE.execute("""
                insert into audit.entry (id, at, actor, actor_kind, action, subject_kind, subject_id, outcome, xid)
                values ('%s70008000000000000000', '%s', 'somebody', 'person', 'thing.make', 'thing', '1', 'done', '3'::xid8)""".formatted(id, noon()));
        assertThat(why(day)).contains("the audit trail of that day is not sealed");
        SERVICE.execute("delete from audit.entry where xid = '3'::xid8");
        archived();
    }

    @Test
    void aDayStaysWhileALimitsPeriodOverItHasNotEnded() {
        LimitId monthly = use.monthly();
        use.settled(noon(), 1);
        archiveUntil(day);
        SERVICE.execute("update quota.limit_period set period_end = now() + interval '1 day' where limit_id = '%s' and period_start < '%s' and period_end > '%s'".formatted(monthly, noon(), noon()));
        assertThat(why(day)).contains("the period of a limit that it touches has not ended");
        SERVICE.execute("update quota.limit_period set period_end = '%s' where limit_id = '%s' and period_end > now() and period_start < '%s'".formatted(
                day.withDayOfMonth(1).plusMonths(1) + "T00:00:00Z", monthly, noon()));
        archived();
    }

    @Test
    void rollUpsOrPostingsThatSayOtherwiseKeepTheDay() {
        use.settled(noon(), 2);
        archiveUntil(day);
        for (String table : List.of("quota.usage_rollup set output = output", "quota.posting set amount = amount")) {
            String where = " where tenant_id = '" + use.tenant() + "'" + (table.contains("posting") ? " and account = 'caller' and unit = 'output'" : "");
            SERVICE.execute("update " + table + " + 1" + where);
            assertThatThrownBy(() -> archiver(step -> {}).archiveOldest(MONTHS)).isInstanceOf(ArchiveFailed.class);
            SERVICE.execute("update " + table + " - 1" + where);
        }
        assertThat(use.usage("call_id")).hasSize(2);
        archived();
    }

    @Test
    void whatIsYoungStays() {
        archiveAll();
        LocalDate oldest = LocalDate.parse(SERVICE.column("select quota.oldest_usage_day()").getFirst());
        assertThat(why(oldest)).contains("a month that it touches has not been over for 1 months");
    }

    @ParameterizedTest
    @CsvSource({"0", "1201"})
    void howLongIsKeptIsBoundedByTheDatabaseToo(int months) {
        assertThatThrownBy(() -> archiver(step -> {}).archiveOldest(months)).hasStackTraceContaining("usage is kept for 1 to 1200 months");
    }

    @Test
    void anEndThatIsToldLateIsBookedOnceInThePresent() {
        LimitId lifelong = use.lifelong();
        use.settled(noon(), 2);
        Ended lost = use.inJournal(noon().plusSeconds(5));
        archived();
        JsonNode month = statement(YearMonth.from(day));

        use.tell(lost);
        use.tell(lost);
        assertThat(use.usage("call_id")).as("only the archive knows whether it was settled").isEmpty();
        assertThat(late.decide()).isOne();
        use.tell(lost);
        assertThat(late.decide()).isZero();

        assertThat(use.usage("concat_ws(' ', input, output, ts > now() - interval '1 minute')")).containsExactly("90 10 t");
        assertThat(use.use(lifelong)).isEqualTo("300/0");
        assertThat(SERVICE.column("select concat_ws(' ', kind, call_id, attempt, cause) from quota.entry where tenant_id = '%s' and kind = 'correction'".formatted(use.tenant())))
                .containsExactly("correction " + lost.attempt().call() + " 0 archived-day");
        assertThat(SERVICE.column("select subject_id from audit.entry where action = 'usage.correct' and tenant_id = '%s'".formatted(use.tenant())))
                .containsExactly(lost.attempt().call().toString());
        assertThat(statement(YearMonth.from(day)).path("lines")).as("a closed month").isEqualTo(month.path("lines"));
        assertThat(statement(YearMonth.now(ZoneOffset.UTC)).path("balanced").asBoolean()).isTrue();
    }

    @Test
    void countsThatCannotBeAreKeptHoweverLateTheyAreTold() {
        use.settled(noon(), 1);
        Ended impossible = use.inJournal(noon().plusSeconds(5), -1);
        archived();
        use.tell(impossible);
        use.tell(impossible);
        assertThat(late.decide()).isOne();
        assertThat(SERVICE.column("select reason || ' ' || input from quota.quarantine where call_id = '%s'".formatted(impossible.attempt().call()))).containsExactly("negative -1");
        assertThat(use.usage("concat_ws(' ', estimated, input, output)")).as("booked at its bound").containsExactly("t 100 50");
    }

    @Test
    void whatALateEndTookOfALimitComesBackAndWhatItUsedCounts() {
        LimitId limit = use.taken();
        use.settled(noon(), 1);
        Ended lost = use.inJournal(noon().plusSeconds(5));
        archived();
        use.tell(lost);
        assertThat(late.decide()).isOne();
        use.theLifeIsOver();
        assertThat(use.use(limit)).isEqualTo("200/0");
    }

    @Test
    void anEndThatWasSettledBeforeItsDayWasArchivedMovesNothing() {
        Ended told = use.inJournal(noon());
        use.settled(noon().plusSeconds(60), 1);
        use.tell(told);
        archived();
        List<String> ledger = use.ledger();

        use.tell(told);
        assertThat(late.decide()).isZero();

        assertThat(use.ledger()).isEqualTo(ledger);
        assertThat(use.usage("call_id")).isEmpty();
        assertThat(SERVICE.column("select state from quota.usage_late where call_id = '%s'".formatted(told.attempt().call()))).containsExactly("archived");
    }

    @Test
    void whatADamagedArchiveCannotTellWaits() throws IOException {
        use.settled(noon(), 1);
        Ended lost = use.inJournal(noon().plusSeconds(5));
        Path file = FOLDER.resolve(archived().file());
        byte[] whole = Files.readAllBytes(file);
        use.tell(lost);
        flipAByte(file);
        assertThatThrownBy(late::decide).isInstanceOf(DamagedArchive.class).hasMessageContaining(String.valueOf(file.getFileName()));
        assertThat(SERVICE.column("select state from quota.usage_late where call_id = '%s'".formatted(lost.attempt().call()))).containsExactly("waiting");
        Files.write(file, whole);
        assertThat(late.decide()).isOne();
    }

    private Instant noon() {
        return day.atTime(12, 0).toInstant(ZoneOffset.UTC);
    }

    /** Of this test's day. */
    private ArchivedDay archived() {
        archiveUntil(day);
        ArchivedDay archived = archiver(step -> {}).archiveOldest(MONTHS).orElseThrow(() -> new AssertionError(why(day)));
        assertThat(archived.day()).isEqualTo(day);
        return archived;
    }

    private void archiveUntil(LocalDate end) {
        while (oldest().isBefore(end)) {
            assertThat(archiver(step -> {}).archiveOldest(MONTHS)).as(why(oldest())).isPresent();
        }
    }

    private static void archiveAll() {
        Optional<ArchivedDay> archived;
        do {
            archived = archiver(step -> {}).archiveOldest(MONTHS);
        } while (archived.isPresent());
    }

    private static LocalDate oldest() {
        return LocalDate.parse(SERVICE.column("select quota.oldest_usage_day()").getFirst());
    }

    private static String why(LocalDate day) {
        return String.valueOf(SERVICE.column("select quota.why_usage_day_stays('%s', %d)".formatted(day, MONTHS)).getFirst());
    }

    private JsonNode statement(YearMonth month) {
        return SERVICE.send(SERVICE.admin(), "GET", "/api/tenants/" + use.tenant() + "/statements/" + month, null).is(200).body();
    }

    private static Archiver archiver(Consumer<ArchiveStep> steps) {
        return new Archiver(SERVICE.bean(JobTransactions.class), SERVICE.bean(DayTable.class), archives(steps), steps);
    }

    private static ArchiveFolder archives(Consumer<ArchiveStep> steps) {
        return new ArchiveFolder(FOLDER, steps);
    }

    private static Consumer<ArchiveStep> dying(ArchiveStep at) {
        return step -> {
            if (step == at) {
                throw new Killed();
            }
        };
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static List<String> files(LocalDate day) {
        try (Stream<Path> all = Files.list(FOLDER)) {
            return new ArrayList<>(all.map(file -> String.valueOf(file.getFileName())).filter(name -> name.contains("usage-" + day)).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flipAByte(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized LocalDate nextDay() {
        next = next.plusDays(3);
        return next;
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("usage-archive", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
