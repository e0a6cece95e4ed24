package dev.penstock.quota.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestTenant;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The rows behind a statement's lines, page by page. */
final class RowsOf {

    private RowsOf() {}

    /** What all rows of all lines cost in all; on the way each line must be its rows. */
    static BigInteger statement(RunningService service, String token, TestTenant tenant, JsonNode statement) {
        BigInteger sum = BigInteger.ZERO;
        for (JsonNode line : statement.path("lines")) {
            BigInteger exact = line(service, token, tenant, statement.path("month").asString(), line);
            assertThat(line.path("exact").path("picoUnits").bigIntegerValue()).isEqualTo(exact);
            sum = sum.add(exact);
        }
        return sum;
    }

    private static BigInteger line(RunningService service, String token, TestTenant tenant, String month, JsonNode line) {
        BigInteger quantity = BigInteger.ZERO;
        BigInteger cost = BigInteger.ZERO;
        Set<String> seen = new HashSet<>();
        String cursor = "";
        String before = "";
        do {
            String path = "/api/tenants/%s/statements/%s/lines/%s".formatted(tenant.id(), month, line.path("id").asString());
            JsonNode page = service.send(token, "GET", path + (cursor.isEmpty() ? "" : "?cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)), null).is(200).body();
            assertThat(page.path("calls").size() + page.path("slices").size()).isBetween(1, LineRows.PAGE);
            for (JsonNode row : page.path("calls")) {
                assertThat(seen.add(row.path("call").asString() + row.path("attempt").asInt())).isTrue();
                assertThat(row.path("at").asString()).isGreaterThanOrEqualTo(before);
                before = row.path("at").asString();
                quantity = quantity.add(row.path(field(line.path("meter").asString())).bigIntegerValue());
            }
            for (JsonNode row : page.path("slices")) {
                assertThat(seen.add(row.path("slice").asString() + row.path("from").asString())).isTrue();
                quantity = quantity.add(row.path("seconds").bigIntegerValue());
                cost = cost.add(row.path("cost").path("picoUnits").bigIntegerValue());
            }
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty());
        assertThat(seen).hasSize(line.path("rows").asInt());
        assertThat(line.path("quantity").bigIntegerValue()).isEqualTo(quantity);
        BigInteger exact = quantity.multiply(line.path("unitPrice").bigIntegerValue());
        if (line.path("meter").asString().equals("SLICE_SECOND")) {
            assertThat(cost).isEqualTo(exact);
        }
        return exact;
    }

    private static String field(String meter) {
        return switch (meter) {
            case "CACHE_READ" -> "cacheRead";
            case "CACHE_WRITE" -> "cacheWrite";
            default -> meter.toLowerCase(Locale.ROOT);
        };
    }
}
