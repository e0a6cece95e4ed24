package dev.penstock.quota.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.CallId;
import dev.penstock.contract.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplanationTest {

    private static final TenantId TENANT = new TenantId(new UUID(1, 1));

    /** Attempts: repeats, less in/out, more in/out; separated by semicolons. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing explains it                          | 3/4    |                                   | 0 |                | 3/4
            one that was cut off                         | 0/4    | 0 0/0 10/20                       | 0 | 0/4            | 0/0
            not more than it may                         | 12/25  | 0 0/0 10/20                       | 0 | 10/20          | 2/5
            two that were cut off, in their order        | 0/25   | 0 0/0 10/20; 0 0/0 10/20          | 0 | 0/20; 0/5      | 0/0
            an estimate that was too high                | -7/-9  | 0 8/9 0/0                         | 0 | -7/-9          | 0/0
            no estimate takes back more than was booked  | -9/-12 | 0 8/9 0/0                         | 0 | -8/-9          | -1/-3
            one too high in, too low out                 | -7/4   | 0 8/9 5/5                         | 0 | -7/4           | 0/0
            a prompt that was counted three times        | 40/0   | 40 0/0 0/0                        | 40 |               | 0/0
            repeats come before losses                   | 45/0   | 0 0/0 10/0; 40 0/0 0/0            | 40 | 5/0           | 0/0
            counted fewer times than there were answers  | 20/0   | 40 0/0 0/0                        | 20 |               | 0/0
            a repeat explains nothing that came out      | 0/5    | 40 0/0 0/0                        | 0 |                | 0/5
            """)
    void one(String title, String difference, @Nullable String ends, long repeated, @Nullable String found, String rest) {
        Explanation explanation = Explanation.of(amount(difference), ends(ends));
        assertThat(explanation.repeated()).isEqualTo(repeated);
        assertThat(explanation.found().values().stream().map(ExplanationTest::words).collect(Collectors.joining("; "))).isEqualTo(found == null ? "" : found);
        assertThat(words(amount(difference).minus(explanation.total()))).isEqualTo(rest);
    }

    /** Ten thousand differences: nothing is explained beyond what is left open, and nothing that could be is left. */
    @Test
    void explainsAsMuchAsItMayAndNoMore() {
        Random random = new Random(19);
        for (int round = 0; round < 10_000; round++) {
            List<OpenEnd> ends = new ArrayList<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                ends.add(new OpenEnd(TENANT, new CallId(new UUID(round, i)), 0, random.nextInt(3) * random.nextInt(20), some(random), some(random)));
            }
            Amount difference = new Amount(random.nextInt(-80, 120), random.nextInt(-80, 80));
            Explanation explanation = Explanation.of(difference, ends);
            explanation.found().forEach((end, part) -> {
                assertThat(part.input()).isBetween(-end.less().input(), end.more().input());
                assertThat(part.output()).isBetween(-end.less().output(), end.more().output());
            });
            Amount most = ends.stream().map(end -> end.more().plus(new Amount(end.repeats(), 0))).reduce(Amount.NONE, Amount::plus);
            Amount least = ends.stream().map(OpenEnd::less).reduce(Amount.NONE, Amount::plus);
            assertThat(explanation.total()).isEqualTo(new Amount(
                    Math.clamp(difference.input(), -least.input(), most.input()), Math.clamp(difference.output(), -least.output(), most.output())));
        }
    }

    private static Amount some(Random random) {
        return new Amount(random.nextInt(30), random.nextInt(30));
    }

    private static List<OpenEnd> ends(@Nullable String text) {
        List<OpenEnd> ends = new ArrayList<>();
        if (text != null) {
            for (String end : text.split(";")) {
                String[] words = end.trim().split(" ");
                ends.add(new OpenEnd(TENANT, new CallId(new UUID(0, ends.size())), 0, Long.parseLong(words[0]), amount(words[1]), amount(words[2])));
            }
        }
        return ends;
    }

    private static Amount amount(String text) {
        return new Amount(Long.parseLong(text.split("/")[0]), Long.parseLong(text.split("/")[1]));
    }

    private static String words(Amount amount) {
        return amount.input() + "/" + amount.output();
    }
}
