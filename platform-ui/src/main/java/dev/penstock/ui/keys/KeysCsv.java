package dev.penstock.ui.keys;

import dev.penstock.contract.quota.KeySecret;
import dev.penstock.contract.quota.KeyView;
import dev.penstock.ui.base.Csv;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keys for spreadsheets. Nothing in it opens anything. */
final class KeysCsv {

    private static final String HEADER =
            "tenant,project,name,id,starts_with,state,created_by,created_at,expires_at,last_used_at,secret_made_at,models,operations,networks,purpose\r\n";

    private KeysCsv() {}

    static String of(List<KeyView> keys) {
        return keys.stream().map(KeysCsv::line).collect(Collectors.joining("", HEADER, ""));
    }

    private static String line(KeyView key) {
        return Csv.line(
                key.tenantName(), key.projectName(), key.name(), key.id(), key.start(), key.state(), key.createdBy(), key.createdAt(),
                key.expiresAt(), key.lastUsedAt(), secretMadeAt(key), words(key.models()), words(key.operations()), words(key.networks()), key.purpose());
    }

    /** Of the oldest that works; null where none does. */
    static @Nullable Instant secretMadeAt(KeyView key) {
        return key.secrets().stream().map(KeySecret::madeAt).min(Comparator.naturalOrder()).orElse(null);
    }

    private static @Nullable String words(@Nullable List<String> words) {
        return words == null ? null : String.join(" ", words);
    }
}
