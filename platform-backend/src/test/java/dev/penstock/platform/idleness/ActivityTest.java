package dev.penstock.platform.idleness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.platform.idleness.Activity.Due;
import dev.penstock.platform.running.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of a workspace's activity, look by look. */
class ActivityTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(10);
    /** Warned after 2 h, suspended after 4 h. */
    private static final IdlenessSettings SETTINGS = Settings.bind(IdlenessSettings.class, Map.of("penstock.idleness.reclaim-after", "3d"));

    /** Looks as {@code minute active|idle}; for how many minutes it is idle after the last. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            one look proves nothing                     | 0 idle                                  | 0
            idle from the first look on                 | 0 idle 3 idle 6 idle                    | 6
            active begins anew                          | 0 idle 3 idle 6 active 9 idle           | 3
            active to the last                          | 0 idle 3 active                         | 0
            a look is missing, the window covers it     | 0 idle 3 idle 13 idle                   | 13
            nobody knows what was in the gap            | 0 idle 3 idle 14 idle 17 idle           | 3
            a look that comes late, of another replica  | 0 idle 6 idle 3 active 9 idle           | 9
            """)
    void itIsIdleOnlyForAsLongAsThatIsKnown(String title, String looks, long minutes) {
        assertThat(after(looks).idleFor()).isEqualTo(Duration.ofMinutes(minutes));
    }

    @Test
    void whatFollowsComesInOrderAndNeverWithoutTheWholeNotice() {
        Activity idle = seenUntil(Activity.begin(1, NOON), minutes(117));
        assertThat(idle.due(SETTINGS)).isEqualTo(Due.NOTHING);
        idle = seenUntil(idle, minutes(120));
        assertThat(idle.due(SETTINGS)).isEqualTo(Due.WARNING);
        assertThat(idle.suspendsAt(SETTINGS)).as("not announced").isNull();
        // Nobody was there to warn for an hour.
        Activity warned = seenUntil(idle, minutes(180)).warned(minutes(180));
        assertThat(warned.suspendsAt(SETTINGS)).isEqualTo(minutes(300));
        assertThat(warned.due(SETTINGS)).isEqualTo(Due.NOTHING);
        assertThat(seenUntil(warned, minutes(299)).due(SETTINGS)).isEqualTo(Due.NOTHING);
        Activity due = seenUntil(warned, minutes(300));
        assertThat(due.due(SETTINGS)).isEqualTo(Due.SUSPENSION);
        Activity suspended = due.suspended(minutes(300));
        assertThat(suspended.due(SETTINGS)).isEqualTo(Due.NOTHING);
        assertThat(suspended.suspendsAt(SETTINGS)).isNull();
        assertThat(suspended.releasesAt(SETTINGS)).isEqualTo(minutes(300).plus(Duration.ofDays(3)));
        assertThat(suspended.releasesAt(Settings.bind(IdlenessSettings.class, Map.of()))).as("until its lease ends").isNull();
    }

    @Test
    void activityAndGapsTakeTheWarningBack() {
        Activity warned = seenUntil(Activity.begin(1, NOON), minutes(120)).warned(minutes(120));
        assertThat(warned.seen(false, minutes(123), WINDOW).warnedAt()).isEqualTo(minutes(120));
        assertThat(warned.seen(true, minutes(123), WINDOW).warnedAt()).isNull();
        assertThat(warned.seen(false, minutes(131), WINDOW).warnedAt()).isNull();
    }

    @Test
    void whoKeepsItHasTheWholeTimeAgain() {
        Activity warned = seenUntil(Activity.begin(1, NOON), minutes(120)).warned(minutes(120));
        Activity kept = warned.kept(minutes(121));
        assertThat(kept.warnedAt()).isNull();
        assertThat(kept.idleFor()).isEqualTo(Duration.ZERO);
        assertThat(seenUntil(kept, minutes(240)).due(SETTINGS)).isEqualTo(Due.NOTHING);
        assertThat(seenUntil(kept, minutes(241)).due(SETTINGS)).isEqualTo(Due.WARNING);
    }

    private static Activity after(String looks) {
        String[] words = looks.split(" ");
        Activity activity = Activity.begin(1, NOON);
        for (int i = 0; i < words.length; i += 2) {
            activity = activity.seen(words[i + 1].equals("active"), minutes(Long.parseLong(words[i])), WINDOW);
        }
        return activity;
    }

    /** Looked at idle every five minutes, and then. */
    private static Activity seenUntil(Activity from, Instant end) {
        Activity activity = from;
        for (Instant at = from.seenAt(); at.isBefore(end); at = at.plus(Duration.ofMinutes(5))) {
            activity = activity.seen(false, at, WINDOW);
        }
        return activity.seen(false, end, WINDOW);
    }

    private static Instant minutes(long minutes) {
        return NOON.plus(Duration.ofMinutes(minutes));
    }
}
