package dev.penstock.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written can be read: the limits of the one are those of the other. */
class EntryLineTest {

    private static final UUID ID = new UUID(0, 7);
    private static final Instant AT = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void everyFieldIsWrittenAlsoWithoutAValue() {
        assertThat(new String(entry(0, null, null).bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"action\":\"trail.begin\",\"actor\":\"penstock\",\"actorKind\":\"system\",\"after\":null,"
                        + "\"at\":\"2026-01-31T12:00:00.000000Z\",\"before\":null,\"id\":\"00000000-0000-0000-0000-000000000007\",\"index\":0,"
                        + "\"outcome\":\"done\",\"project\":null,\"reason\":null,\"reference\":null,\"subjectId\":\"audit\","
                        + "\"subjectKind\":\"trail\",\"subjectName\":null,\"tenant\":null}");
    }

    @Test
    void theLongestLineThatIsWrittenIsRead() {
        int room = Limits.LINE_BYTES - entry(3, "", null).bytes().length;

        assertThat(EntryForm.read(entry(3, "x".repeat(room), null).bytes()).index()).isEqualTo(3);
        assertThatThrownBy(() -> entry(3, "x".repeat(room + 1), null).bytes())
                .hasMessage("entry 00000000-0000-0000-0000-000000000007 takes 1048577 bytes, more than 1048576");
    }

    @Test
    void theDeepestLineThatIsWrittenIsRead() {
        assertThat(EntryForm.read(entry(3, null, nested(63)).bytes()).at()).isEqualTo(AT);
        assertThatThrownBy(() -> entry(3, null, nested(64)).bytes()).hasMessage("nested deeper than 64 levels");
    }

    /** Whatever number a database holds has a form, so that one entry never keeps the others from being sealed. */
    @Test
    void numbersThatADoubleCannotHoldAreReadAsText() {
        byte[] line = entry(3, null, Map.of("amount", new BigDecimal("0.10"), "big", new BigDecimal("9".repeat(38)))).bytes();

        assertThat(EntryForm.read(line).index()).isEqualTo(3);
        assertThat(JsonText.read(line)).isInstanceOfSatisfying(Map.class, fields ->
                assertThat(fields.get("after")).isEqualTo(Map.of("amount", "0.1", "big", "9".repeat(38))));
    }

    @Test
    void anIndexOutsideTheTrailIsRefused() {
        assertThatThrownBy(() -> entry(-1, null, null)).hasMessage("no entry has index -1");
        assertThatThrownBy(() -> entry(1L << 53, null, null)).hasMessage("no entry has index 9007199254740992");
    }

    private static Object nested(int levels) {
        Object value = List.of();
        for (int i = 1; i < levels; i++) {
            value = List.of(value);
        }
        return value;
    }

    private static EntryLine entry(long index, @Nullable String reason, @Nullable Object after) {
        return new EntryLine(index, ID, AT, "penstock", "system", null, null, "trail.begin", "trail", "audit", null, "done", reason, null, null, after);
    }
}
