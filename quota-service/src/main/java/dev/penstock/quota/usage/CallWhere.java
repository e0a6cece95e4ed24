package dev.penstock.quota.usage;

import dev.penstock.contract.quota.BilledMeter;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A filter as conditions on {@code u}, a usage row or roll-up. */
final class CallWhere {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** @param time the column by which a row lies in the range */
    CallWhere(CallFilter filter, String time) {
        add(time + " >= :from", "from", filter.from().atOffset(ZoneOffset.UTC));
        add(time + " < :to", "to", filter.to().atOffset(ZoneOffset.UTC));
        add("u.tenant_id = :tenant", "tenant", filter.tenant() == null ? null : filter.tenant().value());
        add("u.project_id = :project", "project", filter.project() == null ? null : filter.project().value());
        add("u.project_id = any(:projects)", "projects", projects(filter));
        add("u.key_id = :key", "key", filter.key() == null ? null : filter.key().value());
        add(ofModel("model = :model"), "model", filter.model());
        if (filter.egress()) {
            conditions.add("u.upstream > 0");
        }
        CallFilter.Priced price = filter.price();
        if (price != null) {
            add(ofModel("sku = :sku"), "sku", price.sku());
            add("u.price_version = :version", "version", price.version());
            conditions.add("u." + column(price.meter()) + " > 0");
        }
    }

    /** The cursor's row is not part of what follows it. */
    CallWhere after(@Nullable CallCursor cursor, boolean oldestFirst) {
        if (cursor != null) {
            String than = oldestFirst ? ">" : "<";
            OffsetDateTime at = cursor.at().atOffset(ZoneOffset.UTC);
            // The time stands in the call's id too; said by itself, it tells which days need not be looked at.
            add("u.ts " + than + "= :cursorAt", "cursorAt", at);
            add("(u.call_id, u.attempt) " + than + " (:cursorCall, :cursorAttempt)", "cursorCall", cursor.call().value());
            values.put("cursorAttempt", cursor.attempt());
        }
        return this;
    }

    String text() {
        return " where " + String.join(" and ", conditions);
    }

    JdbcClient.StatementSpec apply(JdbcClient.StatementSpec statement) {
        return statement.params(values);
    }

    private void add(String condition, String name, @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            values.put(name, value);
        }
    }

    private static String ofModel(String condition) {
        return "exists (select from quota.usage_model m where m.tenant_id = u.tenant_id and m.id = u.model and m." + condition + ")";
    }

    private static UUID @Nullable [] projects(CallFilter filter) {
        return filter.reach().whole() ? null : filter.reach().projects().stream().map(project -> project.value()).toArray(UUID[]::new);
    }

    private static String column(BilledMeter meter) {
        return switch (meter) {
            case INPUT -> "input";
            case CACHE_READ -> "cache_read";
            case CACHE_WRITE -> "cache_write";
            case OUTPUT -> "output";
            case SLICE_SECOND -> throw new IllegalArgumentException("calls are not billed by the second");
        };
    }
}
