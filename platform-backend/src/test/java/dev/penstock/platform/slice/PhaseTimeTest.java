package dev.penstock.platform.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is charged, as stories of what was seen of a pod. */
class PhaseTimeTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

    /**
     * Each story is a list of looks: {@code R10:00@10:01} is seen ready at 10:01, ready since 10:00; {@code N10:07} is seen not ready,
     * since 10:07; {@code X} is seen no more.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # story                                        | looks                                                  | lease ends | minutes
            ready and looked at                            | R10:00@10:01 R10:00@10:06                              | 12:00      | 6
            not ready any more: until it says              | R10:00@10:01 R10:00@10:06 N10:07                       | 12:00      | 7
            ready again: the gap is not charged            | R10:00@10:06 N10:07 R10:09@10:12                       | 12:00      | 10
            flickered between two looks: until last seen   | R10:00@10:06 R10:09@10:12                              | 12:00      | 9
            vanished: until last seen                      | R10:00@10:06 X                                         | 12:00      | 6
            vanished, twice looked                         | R10:00@10:06 X X                                       | 12:00      | 6
            not ready, said twice                          | R10:00@10:06 N10:07 N10:07                             | 12:00      | 7
            said to be not ready before it was seen ready  | R10:00@10:06 N10:05                                    | 12:00      | 6
            the lease ends while it is ready               | R10:00@10:06 R10:00@10:30                              | 10:20      | 20
            looked at long after the lease                 | R10:00@10:01 R10:00@15:00 N15:00                       | 10:20      | 20
            not ready after the lease                      | R10:00@10:06 N10:25                                    | 10:20      | 20
            ready again after the lease                    | R10:00@10:06 N10:07 R10:30@10:40                       | 10:20      | 7
            the lease was extended                         | R10:00@10:06 R10:00@10:50                              | 11:00      | 50
            a look that came late                          | R10:00@10:06 R10:00@10:02                              | 12:00      | 6
            a clock behind the cluster's                   | R10:00@09:58                                           | 12:00      | 0
            counted again from a time that was counted     | R10:00@10:06 X R10:00@10:08                            | 12:00      | 8
            """)
    void secondsAreThoseOfTheStory(String story, String looks, String leaseEnds, long minutes) {
        PhaseTime time = null;
        long before = 0;
        for (String look : looks.split(" ")) {
            time = fold(time, look, at(leaseEnds));
            assertThat(time.seconds()).as("never falls, after %s", look).isGreaterThanOrEqualTo(before);
            before = time.seconds();
        }
        assertThat(time).isNotNull();
        assertThat(time.seconds()).isEqualTo(minutes * 60);
        assertThat(time.startedAt()).isEqualTo(at("10:00"));
    }

    @Test
    void whatIsBookedIsNotTold() {
        PhaseTime time = PhaseTime.begin(1, at("10:00")).ready(at("10:00"), at("10:01"), null);
        assertThat(time.unbooked()).isTrue();
        assertThat(new PhaseTime(1, time.startedAt(), time.readySince(), time.seenReadyAt(), time.closed(), 60).unbooked()).isFalse();
    }

    private static PhaseTime fold(PhaseTime time, String look, Instant leaseEnd) {
        return switch (look.charAt(0)) {
            case 'R' -> {
                Instant since = at(look.substring(1, 6));
                PhaseTime known = time == null ? PhaseTime.begin(1, since) : time;
                yield known.ready(since, at(look.substring(7)), leaseEnd);
            }
            case 'N' -> time.notReady(at(look.substring(1)), leaseEnd);
            default -> time.notReady(null, leaseEnd);
        };
    }

    private static Instant at(String time) {
        return LocalTime.parse(time).atDate(DAY).toInstant(ZoneOffset.UTC);
    }
}
