package dev.penstock.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.bench.subject.BenchFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void withoutOptionsEverySubjectTakesPartAsTheCommandHasIt() {
        Options options = parse("gateway");

        assertThat(options.command()).isEqualTo(Options.Command.GATEWAY);
        assertThat(options.subjects()).containsExactly("direct", "haproxy", "nginx", "spring-cloud-gateway", "vertx", "penstock", "accounting-off");
        assertThat(options.rounds(7)).isEqualTo(7);
        assertThat(options.seconds(5)).isEqualTo(5);
        assertThat(options.streams(8_000)).isEqualTo(8_000);
        assertThat(options.profile()).isFalse();
    }

    @Test
    void whatIsAskedForOutranksWhatTheCommandHas() {
        Options options = parse("streams --rounds 3 --seconds 2 --streams 100 --profile --set a=1 --set b=2");

        assertThat(options.rounds(7)).isEqualTo(3);
        assertThat(options.seconds(5)).isEqualTo(2);
        assertThat(options.streams(8_000)).isEqualTo(100);
        assertThat(options.profile()).isTrue();
        assertThat(options.settings()).containsExactly("a=1", "b=2");
    }

    @Test
    void canariesAreSentForAsLongAsAskedFor() {
        assertThat(parse("canaries").minutes(15)).isEqualTo(15);
        assertThat(parse("canaries --minutes 1").minutes(15)).isEqualTo(1);
        assertThat(parse("canaries").command()).isEqualTo(Options.Command.CANARIES);
    }

    @Test
    void subjectsAreLeftOutOrChosen() {
        assertThat(parse("gateway --without haproxy,nginx").subjects()).containsExactly("direct", "spring-cloud-gateway", "vertx", "penstock", "accounting-off");
        assertThat(parse("gateway --only penstock,direct").subjects()).containsExactly("direct", "penstock");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kitchen", "gateway --rounds", "gateway --rounds 0", "gateway --rounds many", "canaries --minutes 0", "gateway --without envoy", "gateway --loud"})
    void whatIsNotUnderstoodIsNotGuessed(String words) {
        assertThatThrownBy(() -> parse(words)).isInstanceOf(BenchFailure.class).message().isNotBlank();
    }

    private static Options parse(String words) {
        return Options.parse(List.of(words.split(" ")));
    }
}
