package dev.penstock.ui.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.quota.AliasTarget;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetLinesTest {

    @Test
    void linesAreTargetsAndEmptyOnesBeginTheNextStep() {
        String text = "a/one 3\nb\n\n\n  c\t 2\n";
        List<AliasTarget> targets = List.of(new AliasTarget("a/one", 0, 3), new AliasTarget("b", 0, 1), new AliasTarget("c", 1, 2));
        assertThat(TargetLines.read(text)).isEqualTo(new TargetLines(targets, ""));
        assertThat(TargetLines.write(targets)).isEqualTo("a/one 3\nb\n\nc 2");
        assertThat(TargetLines.read(TargetLines.write(targets)).targets()).isEqualTo(targets);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''              | Name at least one model.
            a 0             | The weight of a is 1 to 1000.
            a 2000          | The weight of a is 1 to 1000.
            a many          | “a many”: a model's name, and its weight if it is not 1.
            a 1 2           | “a 1 2”: a model's name, and its weight if it is not 1.
            """)
    void whatIsNoListSaysWhy(String text, String problem) {
        assertThat(TargetLines.read(text).problem()).isEqualTo(problem);
    }

    @Test
    void oneStandsOnceAndThereAreNotTooMany() {
        assertThat(TargetLines.read("a\n\na").problem()).isEqualTo("a stands twice.");
        assertThat(TargetLines.read("a\n\nb\n\nc\n\nd\n\ne\n\nf").problem()).isEqualTo("At most 20 models, in at most 5 steps.");
    }
}
