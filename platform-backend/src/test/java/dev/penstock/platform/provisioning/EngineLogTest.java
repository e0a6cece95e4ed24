package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineLogTest {

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiterString = "→", textBlock = """
            INFO starting →
            Loading safetensors checkpoint shards:   0% Completed | 0/4 [00:00<?, ?it/s] → 0
            Loading safetensors checkpoint shards:  62% Completed | 5/8 [00:12<00:07,  2.31s/it] → 62
            Loading pt checkpoint shards: 100% Completed | 1/1 → 100
            Loading safetensors checkpoint shards:  25% Completed;Loading safetensors checkpoint shards:  50% Completed;INFO later → 50
            Loading safetensors checkpoint shards: 999% Completed → 100
            Prompt: how do I read Loading safetensors →
            """)
    void theLastLineThatSaysHowFarItIsCounts(String lines, Integer percent) {
        List<String> written = Arrays.asList(lines.split(";"));
        assertThat(EngineLog.progress(written)).isEqualTo(percent);
    }
}
