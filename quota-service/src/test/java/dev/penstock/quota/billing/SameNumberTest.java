package dev.penstock.quota.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.BilledMeter;
import dev.penstock.contract.quota.UsageSeries;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestBooks;
import dev.penstock.quota.TestBooks.Call;
import dev.penstock.quota.TestTenant;
import dev.penstock.quota.rating.Tokens;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Random calls of two months of one tenant: whoever adds them up, by whatever page, gets what they cost. */
class SameNumberTest {

    private static final RunningService SERVICE = RunningService.get();
    private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");
    private static final Instant FROM = ZonedDateTime.of(2021, 4, 1, 0, 0, 0, 0, ZONE).toInstant();
    private static final Instant TO = ZonedDateTime.of(2021, 6, 1, 0, 0, 0, 0, ZONE).toInstant();
    private static final int CALLS = 240;

    private static final Map<Call, BigInteger> COSTS = new HashMap<>();
    private static List<Call> newestFirst;
    private static TestTenant tenant;

    @BeforeAll
    static void twoMonthsOfCalls() {
        TestBooks.openThePast();
        tenant = TestTenant.register(ZONE.getId());
        Random random = new Random(4711);
        for (int i = 0; i < 3; i++) {
            TestBooks.book(FROM.plusSeconds(i * 1_700_000L), Map.of(BilledMeter.INPUT, 150_000L + i, BilledMeter.CACHE_READ, 15_000L + i, BilledMeter.OUTPUT, 600_000L + i), "small", "large");
        }
        KeyId key = TestBooks.key(tenant, tenant.project(), "a key");
        KeyId other = TestBooks.key(tenant, tenant.otherProject(), "=another, \"quoted\"");
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(random(random, key, other));
        }
        List<BigInteger> costs = TestBooks.settle(calls);
        for (int i = 0; i < CALLS; i++) {
            COSTS.put(calls.get(i), costs.get(i));
        }
        newestFirst = calls.stream().sorted((a, b) -> b.id().toString().compareTo(a.id().toString())).toList();
    }

    private static Call random(Random random, KeyId key, KeyId other) {
        // Some in the same millisecond, some at the ends of months.
        Instant at = switch (random.nextInt(8)) {
            case 0 -> FROM;
            case 1 -> TO.minusMillis(1);
            case 2 -> ZonedDateTime.of(2021, 5, 1, 0, 0, 0, 0, ZONE).toInstant().minusMillis(random.nextInt(2));
            default -> FROM.plusMillis(random.nextLong(ChronoUnit.MILLIS.between(FROM, TO)));
        };
        boolean first = random.nextBoolean();
        boolean byKey = random.nextBoolean();
        boolean shared = random.nextInt(4) > 0;
        Tokens tokens = new Tokens(random.nextLong(3_000_000), random.nextInt(3) == 0 ? random.nextLong(100_000) : 0, random.nextInt(5) == 0 ? 17 : 0, random.nextLong(50_000));
        return new Call(
                TestBooks.callAt(at, random), 0, at, tenant.id(), first ? tenant.project() : tenant.otherProject(), byKey ? (first ? key : other) : null,
                byKey ? null : random.nextBoolean() ? "ann" : "bob", shared ? "Small " + random.nextInt(2) : "mine", random.nextBoolean() ? "small" : "large", shared,
                random.nextInt(10) == 0 ? 502 : 200, random.nextInt(10) == 0, tokens);
    }

    @ParameterizedTest
    @CsvSource({"2021-04", "2021-05"})
    void theStatementItsRowsAndTheListSayTheSame(YearMonth month) {
        BigInteger expected = cost(call -> YearMonth.from(call.at().atZone(ZONE)).equals(month));
        JsonNode statement = get(admin(), "/api/tenants/" + tenant.id() + "/statements/" + month);
        assertThat(picoUnits(statement.path("exact"))).isEqualTo(expected);
        assertThat(statement.path("balanced").asBoolean()).isTrue();
        assertThat(statement.path("estimatedCalls").asLong()).isEqualTo(
                newestFirst.stream().filter(call -> call.estimated() && YearMonth.from(call.at().atZone(ZONE)).equals(month)).count());
        assertThat(RowsOf.statement(SERVICE, SERVICE.issuer().person(tenant.owner()), tenant, statement)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void everySeriesAddsUp(UsageSeries.Bucket bucket) {
        for (UsageSeries.By by : UsageSeries.By.values()) {
            JsonNode series = get(admin(), "/api/usage/series?tenant=%s&from=%s&to=%s&bucket=%s&by=%s".formatted(tenant.id(), FROM, TO, bucket, by));
            BigInteger cost = BigInteger.ZERO;
            Map<String, long[]> groups = new HashMap<>();
            for (JsonNode point : series.path("points")) {
                cost = cost.add(picoUnits(point.path("cost")));
                long[] sums = groups.computeIfAbsent(point.path("group").asString(""), group -> new long[4]);
                add(sums, point.path("calls").asLong(), point.path("failed").asLong(), point.path("estimated").asLong(), point.path("input").asLong());
            }
            assertThat(cost).as("%s by %s", bucket, by).isEqualTo(cost(call -> true));
            Map<String, long[]> expected = new HashMap<>();
            newestFirst.forEach(call -> add(
                    expected.computeIfAbsent(group(call, by), group -> new long[4]), 1, call.status() == 502 ? 1 : 0, call.estimated() ? 1 : 0, call.tokens().input()));
            assertThat(groups).as("%s by %s", bucket, by).usingRecursiveComparison().isEqualTo(expected);
        }
    }

    @Test
    void aDayIsTheTenantsDay() {
        Map<String, BigInteger> told = new HashMap<>();
        get(admin(), "/api/usage/series?tenant=%s&from=%s&to=%s&bucket=DAY&by=TENANT".formatted(tenant.id(), FROM, TO))
                .path("points").forEach(point -> told.put(point.path("at").asString(), picoUnits(point.path("cost"))));
        Map<String, BigInteger> expected = new HashMap<>();
        COSTS.forEach((call, cost) -> expected.merge(
                call.at().atZone(ZONE).toLocalDate().atStartOfDay(ZONE).toInstant().toString(), cost, BigInteger::add));
        assertThat(told).isEqualTo(expected);
    }

    @Test
    void pagesOfCallsMissNothingAndRepeatNothing() {
        assertThat(ids(admin(), "&tenant=" + tenant.id())).isEqualTo(newestFirst.stream().map(call -> call.id().toString()).toList());
        assertThat(ids(SERVICE.issuer().person(tenant.owner()), "")).as("an owner sees all of the tenant").hasSize(CALLS);
    }

    @Test
    void aMemberOfAProjectSeesItsCallsAlone() {
        String member = SERVICE.issuer().person("someone", tenant.memberGroup());
        List<String> own = newestFirst.stream().filter(call -> call.project().equals(tenant.project())).map(call -> call.id().toString()).toList();
        assertThat(ids(member, "")).isEqualTo(own);
        assertThat(ids(member, "&project=" + tenant.project())).isEqualTo(own);
        assertThat(csv(member, "").subList(1, own.size() + 1)).hasSize(own.size());
        BigInteger seen = BigInteger.ZERO;
        for (JsonNode point : get(member, "/api/usage/series?from=%s&to=%s&bucket=MONTH&by=PROJECT".formatted(FROM, TO)).path("points")) {
            seen = seen.add(picoUnits(point.path("cost")));
            assertThat(point.path("groupName").asString()).isEqualTo("vision");
        }
        assertThat(seen).isEqualTo(cost(call -> call.project().equals(tenant.project())));
        SERVICE.send(member, "GET", calls("&project=" + tenant.otherProject()), null).isProblem(404, "not_found");
        SERVICE.send(member, "GET", calls("&project=" + new ProjectId(new UUID(1, 1))), null).isProblem(404, "not_found");
        SERVICE.send(member, "GET", "/api/tenants/" + tenant.id() + "/statements/2021-04", null).isProblem(403, "not_allowed");
    }

    @Test
    void anotherTenantsPeopleSeeNothing() {
        TestTenant another = TestTenant.register();
        String owner = SERVICE.issuer().person(another.owner());
        assertThat(ids(owner, "")).isEmpty();
        assertThat(csv(owner, "")).hasSize(1);
        assertThat(get(owner, "/api/usage/series?from=%s&to=%s&bucket=MONTH&by=TENANT&model=mine".formatted(FROM, TO)).path("points")).isEmpty();
        SERVICE.send(owner, "GET", calls("&tenant=" + tenant.id()), null).isProblem(404, "not_found");
        SERVICE.send(owner, "GET", "/api/usage/calls.csv?from=%s&to=%s&tenant=%s".formatted(FROM, TO, tenant.id()), null).isProblem(404, "not_found");
        SERVICE.send(owner, "GET", "/api/tenants/" + tenant.id() + "/statements/2021-04", null).isProblem(404, "not_found");
    }

    @Test
    void filtersLeaveOutTheOthers() {
        KeyId key = newestFirst.stream().map(Call::key).filter(Objects::nonNull).findFirst().orElseThrow();
        assertThat(ids(admin(), "&key=" + key)).hasSize(count(call -> key.equals(call.key())));
        assertThat(ids(admin(), "&tenant=" + tenant.id() + "&model=mine")).hasSize(count(call -> call.model().equals("mine")));
        assertThat(ids(admin(), "&tenant=" + tenant.id() + "&project=" + tenant.otherProject() + "&model=Small%201"))
                .hasSize(count(call -> call.project().equals(tenant.otherProject()) && call.model().equals("Small 1")));
    }

    @Test
    void theExportSaysTheSameInText() {
        List<String> lines = csv(admin(), "&tenant=" + tenant.id());
        assertThat(lines.getFirst()).startsWith("time,call,attempt,tenant,project,project_name,key,key_name,person").endsWith(",cost,currency,duration_ms,first_token_ms,upstream,upstream_version,data_class,asked_as,asked_for,steered_by,reasoning");
        assertThat(lines).hasSize(CALLS + 1);
        List<String> head = List.of(lines.getFirst().split(","));
        int costFromEnd = head.size() - head.indexOf("cost");
        BigDecimal sum = BigDecimal.ZERO;
        for (String line : lines.subList(1, lines.size())) {
            assertThat(line).contains(",EUR,10,").endsWith(",".repeat(head.size() - head.indexOf("duration_ms") - 1) + "0");
            String[] fields = line.split(",", -1); // Names before have commas of their own.
            sum = sum.add(new BigDecimal(fields[fields.length - costFromEnd]));
        }
        assertThat(sum.movePointRight(12).toBigIntegerExact()).isEqualTo(cost(call -> true));
        assertThat(lines).as("text that would be run as a formula").anySatisfy(line -> assertThat(line).contains(",\"'=another, \"\"quoted\"\"\","));
    }

    private static String group(Call call, UsageSeries.By by) {
        return switch (by) {
            case MODEL -> call.model();
            case KEY -> call.key() == null ? "" : call.key().toString();
            case PROJECT -> call.project().toString();
            case TENANT -> call.tenant().toString();
            case PERSON -> call.person() == null ? "" : call.person();
        };
    }

    private static void add(long[] sums, long... more) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += more[i];
        }
    }

    private static BigInteger cost(Predicate<Call> which) {
        return COSTS.entrySet().stream().filter(call -> which.test(call.getKey())).map(Map.Entry::getValue).reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static int count(Predicate<Call> which) {
        return (int) newestFirst.stream().filter(which).count();
    }

    private static List<String> ids(String token, String filter) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get(token, calls(filter) + cursor);
            page.path("calls").forEach(call -> ids.add(call.path("call").asString()));
            assertThat(page.path("calls").size()).isLessThanOrEqualTo(50);
            cursor = page.path("next").asString("").isEmpty() ? "" : "&cursor=" + page.path("next").asString();
        } while (!cursor.isEmpty());
        return ids;
    }

    private static String calls(String filter) {
        return "/api/usage/calls?from=%s&to=%s%s".formatted(FROM, TO, filter);
    }

    private static List<String> csv(String token, String filter) {
        return List.of(SERVICE.send(token, "GET", "/api/usage/calls.csv?from=%s&to=%s%s".formatted(FROM, TO, filter), null).is(200).text().split("\r\n"));
    }

    private static JsonNode get(String token, String path) {
        return SERVICE.send(token, "GET", path, null).is(200).body();
    }

    private static String admin() {
        return SERVICE.admin();
    }

    private static BigInteger picoUnits(JsonNode money) {
        return money.path("picoUnits").bigIntegerValue();
    }
}
