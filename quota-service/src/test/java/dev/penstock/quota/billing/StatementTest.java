package dev.penstock.quota.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.quota.BilledMeter;
import dev.penstock.quota.AdjustableClock;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestBooks;
import dev.penstock.quota.TestTenant;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.rating.Tokens;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A month of a tenant against what was used in it, counted here second by second and call by call. */
class StatementTest {

    private static final RunningService SERVICE = RunningService.get();
    private static final Random RANDOM = new Random(20_211_031);
    private static final String MODEL = "statement-model";
    private static final String PROFILE = "statement-profile";

    private final AdjustableClock clock = SERVICE.bean(AdjustableClock.class);

    @BeforeAll
    static void days() {
        TestBooks.openThePast();
    }

    @AfterEach
    void letTimeRun() {
        clock.followRealTime();
        // The copy of memberships was read in the test's time; by the real clock it is years old, and would let nobody in until the next poll.
        SERVICE.bean(Access.class).changed();
    }

    /**
     * In the month before, at its first instant, before and after a change of prices in its middle, at its last instant and in the next month: a call of
     * 1,000,003 tokens in and 7 out each. A slice runs from before the change of prices until after the local midnight of the month's end.
     */
    @ParameterizedTest(name = "{1} in {0}")
    @CsvSource({"Asia/Kolkata, 2019-03", "America/St_Johns, 2019-11", "Europe/Berlin, 2020-10", "Australia/Lord_Howe, 2020-04", "UTC, 2021-01"})
    void aStatementIsItsRowsToTheLastUnit(ZoneId zone, YearMonth month) {
        TestTenant tenant = TestTenant.register(zone.getId()).unlimited();
        Instant begin = month.atDay(1).atStartOfDay(zone).toInstant();
        Instant end = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
        Instant change = LocalDateTime.of(month.getYear(), month.getMonth(), 17, 13, 7, 11).atZone(zone).toInstant();
        String profile = PROFILE + zone + month;
        int first = book(begin.minusSeconds(86_400), profile, 150_001, 600_007, 700_000_001L);
        int second = book(change, profile, 160_003, 500_009, 800_000_003L);

        long calls = 0;
        Map<String, BigInteger> expected = new TreeMap<>();
        for (Instant at : new Instant[] {begin.minusMillis(1), begin, change.minusMillis(1), change, end.minusMillis(1), end}) {
            TestBooks.settle(call(tenant, at));
            if (!at.isBefore(begin) && at.isBefore(end)) {
                int version = at.isBefore(change) ? first : second;
                expected.merge("INPUT " + version, BigInteger.valueOf(1_000_003L), BigInteger::add);
                expected.merge("OUTPUT " + version, BigInteger.valueOf(7), BigInteger::add);
                calls++;
            }
        }
        Instant ready = change.minusSeconds(90_000);
        Instant stopped = end.plusSeconds(20_000);
        runSlice(tenant, profile, ready, stopped);
        for (Instant at = ready; at.isBefore(end); at = at.plusSeconds(1)) {
            expected.merge("SLICE_SECOND " + (at.isBefore(change) ? first : second), BigInteger.ONE, BigInteger::add);
        }

        JsonNode statement = statement(tenant, month);
        assertThat(statement.path("from").asString()).isEqualTo(begin.toString());
        assertThat(statement.path("to").asString()).isEqualTo(end.toString());
        assertThat(statement.path("balanced").asBoolean()).as(statement.toPrettyString()).isTrue();
        assertThat(statement.path("estimatedCalls").asLong()).isZero();
        Map<String, BigInteger> told = new TreeMap<>();
        statement.path("lines").forEach(line -> told.put(line.path("meter").asString() + " " + line.path("priceVersion").asInt(), line.path("quantity").bigIntegerValue()));
        assertThat(told).isEqualTo(expected);

        BigInteger exact = pico(150_001, expected, "INPUT " + first).add(pico(160_003, expected, "INPUT " + second))
                .add(pico(600_007, expected, "OUTPUT " + first)).add(pico(500_009, expected, "OUTPUT " + second))
                .add(pico(700_000_001L, expected, "SLICE_SECOND " + first)).add(pico(800_000_003L, expected, "SLICE_SECOND " + second));
        assertThat(amount(statement.path("exact"))).isEqualTo(exact);
        assertThat(amount(statement.path("billed")).add(amount(statement.path("rounding")))).isEqualTo(exact);
        assertThat(RowsOf.statement(SERVICE, SERVICE.admin(), tenant, statement)).as("the rows behind the lines").isEqualTo(exact);
        assertThat(statement.path("lines").findValue("rows").asLong()).isLessThanOrEqualTo(calls);

        JsonNode next = statement(tenant, month.plusMonths(1));
        assertThat(next.path("balanced").asBoolean()).isTrue();
        assertThat(next.path("lines")).anySatisfy(line -> {
            assertThat(line.path("meter").asString()).isEqualTo("SLICE_SECOND");
            assertThat(line.path("quantity").asLong()).isEqualTo(20_000);
        });
    }

    @Test
    void aMonthWithoutUseIsAStatementWithoutLines() {
        TestTenant tenant = TestTenant.register("Asia/Kathmandu");
        JsonNode statement = statement(tenant, YearMonth.of(2021, 2));
        assertThat(statement.path("lines")).isEmpty();
        assertThat(amount(statement.path("exact"))).isZero();
        assertThat(statement.path("balanced").asBoolean()).isTrue();
        assertThat(SERVICE.send(SERVICE.issuer().person(tenant.owner()), "GET", "/api/statements", null).is(200).body()).isEmpty();
    }

    @Test
    void tokensOfADedicatedEndpointAreCountedAndCostNothing() {
        TestTenant tenant = TestTenant.register();
        Instant at = Instant.parse("2021-07-07T07:07:07Z");
        book(at.minusSeconds(10), PROFILE, 150_000, 600_000, 1);
        TestBooks.settle(new TestBooks.Call(
                TestBooks.callAt(at, RANDOM), 0, at, tenant.id(), tenant.project(), null, "ann", "vision/mine", MODEL, false, 200, false, new Tokens(5, 0, 0, 3)));
        JsonNode statement = statement(tenant, YearMonth.of(2021, 7));
        assertThat(statement.path("lines")).hasSize(2).allSatisfy(line -> {
            assertThat(line.path("priceVersion").asInt()).isZero();
            assertThat(line.path("unitPrice").asLong()).isZero();
        });
        assertThat(amount(statement.path("exact"))).isZero();
        assertThat(statement.path("balanced").asBoolean()).isTrue();
    }

    /** Somebody with the administrator's password of the database, who adds one millionth of a millionth of a euro, or one token. */
    @ParameterizedTest
    @CsvSource({
        "update quota.usage set cost = cost + 1 where tenant_id = '%s'",
        "update quota.usage set output = output + 1 where tenant_id = '%s'",
        "update quota.posting set amount = amount + 1 where account = 'caller' and unit = 'EUR' and tenant_id = '%s'",
        "delete from quota.posting where account = 'caller' and unit = 'input' and tenant_id = '%s'",
        "update quota.usage set price_version = 0 where tenant_id = '%s'",
        "delete from quota.usage where tenant_id = '%s'"})
    void anAlterationBehindTheProgramsBackIsSeen(String alteration) {
        TestTenant tenant = TestTenant.register();
        Instant at = Instant.parse("2021-08-08T08:08:08Z");
        book(at.minusSeconds(10), PROFILE, 150_000, 600_000, 1);
        TestBooks.settle(call(tenant, at));
        YearMonth month = YearMonth.of(2021, 8);
        assertThat(statement(tenant, month).path("balanced").asBoolean()).isTrue();
        SERVICE.execute(alteration.formatted(tenant.id()));
        assertThat(statement(tenant, month).path("balanced").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/2021-13, 400", "/soon, 400", "/1999-12, 400", "/+999999-01, 400", "/2021-08/lines/none, 404", "/2021-08/lines/%s, 200", "/2021-08/lines/%s?cursor=x, 400",
        "/2021-08/lines/%s?cursor=9223372036854775807.00000000-0000-7000-8000-000000000000.0, 400"})
    void whatDoesNotFitIsSaid(String path, int status) {
        TestTenant tenant = TestTenant.register();
        String line = tenant.project() + ".INPUT.1." + Base64.getUrlEncoder().withoutPadding().encodeToString(MODEL.getBytes(StandardCharsets.UTF_8));
        SERVICE.send(SERVICE.issuer().person(tenant.owner()), "GET", "/api/tenants/" + tenant.id() + "/statements" + path.formatted(line), null).is(status);
    }

    private void runSlice(TestTenant tenant, String profile, Instant ready, Instant stopped) {
        SliceId slice = new SliceId(UUID.randomUUID());
        tenant.limit(null, "SLICES", profile, null).is(200);
        clock.set(ready.minusSeconds(60));
        tenant.reserve(slice, tenant.project(), profile, 1, 40L * 86_400).is(200);
        for (Instant report = ready.plusSeconds(400_001); report.isBefore(stopped); report = report.plusSeconds(400_001)) {
            clock.set(report);
            tenant.time(slice, 1, ready, report.getEpochSecond() - ready.getEpochSecond()).is(200);
        }
        clock.set(stopped);
        tenant.time(slice, 1, ready, stopped.getEpochSecond() - ready.getEpochSecond()).is(200);
        tenant.time(slice, 1, ready, stopped.getEpochSecond() - ready.getEpochSecond()).is(200);
        letTimeRun();
    }

    private static int book(Instant from, String profile, long input, long output, long second) {
        int version = TestBooks.book(from, Map.of(BilledMeter.INPUT, input, BilledMeter.OUTPUT, output), MODEL);
        SERVICE.execute("insert into quota.price values (%d, '%s', 'SLICE_SECOND', %d)".formatted(version, profile, second));
        return version;
    }

    private static TestBooks.Call call(TestTenant tenant, Instant at) {
        return new TestBooks.Call(
                TestBooks.callAt(at, RANDOM), 0, at, tenant.id(), tenant.project(), null, "ann", MODEL, MODEL, true, 200, false, new Tokens(1_000_003, 0, 0, 7));
    }

    private static JsonNode statement(TestTenant tenant, YearMonth month) {
        return SERVICE.send(SERVICE.admin(), "GET", "/api/tenants/" + tenant.id() + "/statements/" + month, null).is(200).body();
    }

    private static BigInteger pico(long price, Map<String, BigInteger> quantities, String line) {
        return quantities.getOrDefault(line, BigInteger.ZERO).multiply(BigInteger.valueOf(price));
    }

    private static BigInteger amount(JsonNode money) {
        return money.path("picoUnits").bigIntegerValue();
    }
}
