package dev.penstock.verifier;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/** The one way a time is written: RFC 3339, UTC as {@code Z}, always six digits of fraction, years 0001 to 9999. */
final class Timestamp {

    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withResolverStyle(ResolverStyle.STRICT);
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant AFTER = LocalDateTime.of(9999, 12, 31, 23, 59, 59).plusSeconds(1).toInstant(ZoneOffset.UTC);

    private Timestamp() {}

    /** Digits below the microsecond are cut off. */
    static String format(Instant time) {
        if (time.isBefore(FIRST) || !time.isBefore(AFTER)) {
            throw new IllegalArgumentException("a time outside the years 0001 to 9999");
        }
        return FORM.format(time.atOffset(ZoneOffset.UTC));
    }

    /** @throws IllegalArgumentException unless {@code text} is what {@link #format} writes for some time */
    static Instant parse(String text) {
        try {
            Instant time = LocalDateTime.parse(text, FORM).toInstant(ZoneOffset.UTC);
            if (text.equals(format(time))) {
                return time;
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(Words.quoted(text) + " is not a time of the form 2026-01-31T12:00:00.000000Z", e);
        }
        throw new IllegalArgumentException(Words.quoted(text) + " is not a time of the form 2026-01-31T12:00:00.000000Z");
    }
}
