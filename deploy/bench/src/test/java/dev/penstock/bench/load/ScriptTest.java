package dev.penstock.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScriptTest {

    @Test
    void itsArgumentsMakeTheSameScript() {
        Script script = new Script(600, Duration.ofMillis(5), 100, Duration.ofMillis(20));
        assertThat(Script.of(script.arguments().toArray(String[]::new))).isEqualTo(script);
    }

    @Test
    void whatCannotBeFollowedIsRefused() {
        assertThatThrownBy(() -> new Script(100, Duration.ZERO, 1, Duration.ZERO)).hasMessageContaining("400");
        assertThatThrownBy(() -> new Script(600, Duration.ZERO, 5000, Duration.ZERO)).hasMessageContaining("1024");
        assertThatThrownBy(() -> new Script(600, Duration.ofMillis(-1), 1, Duration.ZERO)).hasMessageContaining("backwards");
        assertThatThrownBy(() -> Script.of("600")).hasMessageContaining("expected");
    }
}
