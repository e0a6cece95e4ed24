package dev.penstock.ui.base;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.page.ExtendedClientDetails;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times as the person's own clock shows them. */
public final class PersonTime {

    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss z", Locale.UK);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.UK);
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.UK);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.UK);

    /** By name: an offset is no calendar that a tenant could have. */
    private static final ZoneId UTC = ZoneId.of("UTC");

    private PersonTime() {}

    /** The browser's time zone; UTC as long as it is not known. */
    public static ZoneId zone() {
        UI ui = UI.getCurrent();
        ExtendedClientDetails details = ui == null ? null : ui.getPage().getExtendedClientDetails();
        return zone(details == null ? null : details.getTimeZoneId());
    }

    static ZoneId zone(@Nullable String name) {
        try {
            return name == null || name.isEmpty() ? UTC : ZoneId.of(name);
        } catch (DateTimeException unknownToThisJvm) {
            return UTC;
        }
    }

    /** For example {@code 20 Nov 2026, 14:22:10 CET}. */
    public static String exact(Instant time) {
        return EXACT.withZone(zone()).format(time);
    }

    /** For example {@code 14:22:10}. */
    public static String clock(Instant time) {
        return CLOCK.withZone(zone()).format(time);
    }

    /** For example {@code 20 Nov, 14:22}. */
    public static String dayAndTime(Instant time) {
        return SHORT.withZone(zone()).format(time);
    }

    /** For example {@code 20 Nov 2026}. */
    public static String day(Instant time) {
        return DAY.withZone(zone()).format(time);
    }
}
