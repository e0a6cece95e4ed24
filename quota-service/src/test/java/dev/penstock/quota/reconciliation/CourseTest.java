package dev.penstock.quota.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of one reading, case by case. */
class CourseTest {

    private static final Instant START = Instant.parse("2026-11-01T08:00:00Z");
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final int PATIENCE = 3;

    /**
     * The engine had counted 100 in and 50 out when it was last compared, and all of it was booked. Numbers: in/out.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            title                                            | before  | now     | idle  | quiet turns | open | moved | open at most | booked | leeway | course
            nothing happened                                 | 100/50  | 100/50  | true  | 5           | 0    | false | 0/0          | 0/0    | 0/0    | compare 6 0/0
            all that was counted is booked                   | 110/70  | 110/70  | true  | 0           | 0    | false | 0/0          | 10/20  | 0/0    | compare 1 0/0
            more was counted                                 | 115/77  | 115/77  | true  | 0           | 0    | false | 0/0          | 10/20  | 0/0    | compare 1 5/7
            less was counted: it was estimated               | 105/60  | 105/60  | true  | 0           | 0    | false | 0/0          | 10/20  | 0/0    | compare 1 -5/-10
            a call is under way                              | 110/70  | 112/75  | false | 4           | 1    | false | 20/30        | 10/20  | 0/0    | wait 0 0/0
            it is within what it may use                     | 110/70  | 130/100 | false | 4           | 1    | false | 20/30        | 10/20  | 0/0    | wait 0 0/0
            somebody else must be at work as well            | 110/70  | 131/104 | false | 4           | 1    | false | 20/30        | 10/20  | 0/0    | wait 0 1/4
            but not if one that was cut off may have used it | 110/70  | 131/104 | false | 4           | 1    | false | 20/30        | 10/20  | 1/4    | wait 0 0/0
            one was settled a moment ago                     | 110/70  | 110/70  | true  | 2           | 0    | true  | 0/0          | 10/20  | 0/0    | wait 0 0/0
            one was cut off, and the engine goes on          | 110/70  | 110/73  | false | 0           | 0    | false | 0/0          | 10/20  | 0/9    | wait 1 0/0
            the engine has just fallen still                 | 110/70  | 110/73  | true  | 0           | 0    | false | 0/0          | 10/20  | 0/9    | wait 1 0/0
            it is still, and was                             | 110/73  | 110/73  | true  | 1           | 0    | false | 0/0          | 10/20  | 0/9    | compare 2 0/3
            it works for somebody, and not for us            | 110/70  | 115/80  | false | 2           | 0    | false | 0/0          | 10/20  | 0/0    | wait 3 5/10
            patience ends                                    | 110/70  | 115/80  | false | 3           | 0    | false | 0/0          | 10/20  | 0/0    | compare 4 5/10
            counters fell                                    | 110/70  | 110/69  | true  | 3           | 0    | false | 0/0          | 10/20  | 0/0    | begin
            """, useHeadersInDisplayName = true)
    void one(String title, String before, String now, boolean idle, int quietTurns, int open, boolean moved, String atMost, String booked, String leeway, String course) {
        Known known = known(START, amount(before), idle, quietTurns, new Known.Balance(new Amount(100, 50), new Amount(100, 50)));
        assertThat(words(Course.of(known, new EngineCounters(START, amount(now), idle), seen(open, moved, atMost, booked, leeway), PATIENCE))).isEqualTo(course);
    }

    @Test
    void anotherStartIsAnotherProcessWhateverItCounted() {
        Known known = known(START, new Amount(1, 1), true, 9, new Known.Balance(Amount.NONE, Amount.NONE));
        assertThat(Course.of(known, new EngineCounters(START.plusMillis(10), new Amount(5, 5), true), quiet(), PATIENCE)).isInstanceOf(Course.Begin.class);
        assertThat(Course.of(known, new EngineCounters(null, new Amount(5, 5), true), quiet(), PATIENCE)).isInstanceOf(Course.Begin.class);
        assertThat(Course.of(null, new EngineCounters(START, Amount.NONE, true), quiet(), PATIENCE)).isInstanceOf(Course.Begin.class);
    }

    @Test
    void aProcessThatDoesNotSayWhenItBeganIsTheSameWhileItsCountersGrow() {
        Known known = known(null, new Amount(1, 1), true, 0, new Known.Balance(Amount.NONE, Amount.NONE));
        assertThat(Course.of(known, new EngineCounters(null, new Amount(1, 1), true), quiet(), PATIENCE)).isEqualTo(new Course.Compare(1, new Amount(1, 1)));
    }

    @Test
    void theFirstQuietMomentOfAProcessIsItsBase() {
        Known known = known(START, new Amount(7, 7), true, 0, null);
        EngineCounters still = new EngineCounters(START, new Amount(7, 7), true);
        assertThat(Course.of(known, still, quiet(), PATIENCE)).isEqualTo(new Course.Base(1));
        assertThat(Course.of(known, still, seen(1, false, "9/9", "0/0", "0/0"), PATIENCE)).isEqualTo(new Course.Wait(0, Amount.NONE));
    }

    /** Whether something is under way at it nobody knows: it is neither quiet nor can anything be said for certain. */
    @Test
    void whileAReplicaHasNotToldNothingIsComparedHoweverLongItSeemedQuiet() {
        Known known = known(START, new Amount(110, 70), true, 9, new Known.Balance(new Amount(100, 50), new Amount(100, 50)));
        EngineCounters still = new EngineCounters(START, new Amount(110, 70), true);
        assertThat(Course.of(known, still, new Seen(NOON, false, 0, Amount.NONE, false, Amount.NONE, Amount.NONE), PATIENCE)).isEqualTo(new Course.Wait(0, Amount.NONE));
    }

    private static Known known(@Nullable Instant startedAt, Amount read, boolean idle, int quietTurns, Known.@Nullable Balance balance) {
        return new Known(1, START, NOON, startedAt, read, idle, quietTurns, NOON, true, balance);
    }

    private static Seen quiet() {
        return seen(0, false, "0/0", "0/0", "0/0");
    }

    private static Seen seen(int open, boolean moved, String atMost, String booked, String leeway) {
        return new Seen(NOON, true, open, amount(atMost), moved, amount(booked), amount(leeway));
    }

    private static Amount amount(String text) {
        return new Amount(Long.parseLong(text.split("/")[0].trim()), Long.parseLong(text.split("/")[1].trim()));
    }

    private static String words(Course course) {
        return switch (course) {
            case Course.Begin begin -> "begin";
            case Course.Wait wait -> "wait " + wait.quietTurns() + " " + words(wait.atLeast());
            case Course.Base base -> "base " + base.quietTurns();
            case Course.Compare compare -> "compare " + compare.quietTurns() + " " + words(compare.fresh());
        };
    }

    private static String words(Amount amount) {
        return amount.input() + "/" + amount.output();
    }
}
