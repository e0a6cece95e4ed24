package dev.penstock.quota.apikey;

import dev.penstock.contract.quota.KeySecret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret of a key that is not over, without what proves it.
 *
 * @param endsAt null: when the key does
 */
record StoredSecret(String publicId, Instant madeAt, @Nullable Instant endsAt, @Nullable Instant lastUsedAt) {

    KeySecret view() {
        return new KeySecret(KeyText.start(publicId), madeAt, endsAt, lastUsedAt);
    }
}
