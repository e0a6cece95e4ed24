package dev.penstock.quota.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a secret opens something. */
class KeyRowTest {

    private static final Instant END = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant LATER = END.plusSeconds(1);
    private static final Instant BEFORE = END.minusNanos(1);

    @Test
    void aSecretEndsWhenItSaysAndNotAMomentLater() {
        assertThat(row(null, END, false).worksAt(BEFORE)).isTrue();
        assertThat(row(null, END, false).worksAt(END)).isFalse();
        assertThat(row(LATER, END, false).worksAt(END)).isFalse();
    }

    @Test
    void noSecretOutlivesItsKey() {
        assertThat(row(END, LATER, false).worksAt(BEFORE)).isTrue();
        assertThat(row(END, LATER, false).worksAt(END)).isFalse();
        assertThat(row(END, null, false).worksAt(END)).isFalse();
        assertThat(row(null, LATER, true).worksAt(BEFORE)).isFalse();
    }

    @Test
    void withoutAnEndItGoesOn() {
        assertThat(row(null, null, false).worksAt(LATER)).isTrue();
    }

    private static KeyRow row(@Nullable Instant expires, @Nullable Instant secretEnds, boolean revoked) {
        return new KeyRow(
                new KeyId(new UUID(0, 1)), new TenantId(new UUID(0, 2)), new ProjectId(new UUID(0, 3)), "abcdefghijklmnop", new Pepper.Proof(1, new byte[32]), null,
                KeyScope.ANY, expires, secretEnds, revoked, 1);
    }
}
