package dev.penstock.simulators.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeArgumentsTest {

    private static ServeArguments read(String line) {
        return ServeArguments.of(List.of(line.split(" ")), Map.of());
    }

    /** Command lines: the name, the task, the context and the port they come to. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            org/m                                                         | org/m | GENERATE | 32768 | 8000
            org/m --served-model-name chat --max-model-len 8192           | chat  | GENERATE | 8192  | 8000
            org/m --served-model-name=chat --port=9000                    | chat  | GENERATE | 32768 | 9000
            --model org/m --max-model-len 8k --dtype auto                 | org/m | GENERATE | 8000  | 8000
            org/m --max_model_len 8K --enforce-eager --host 0.0.0.0       | org/m | GENERATE | 8192  | 8000
            BAAI/bge-m3                                                   | BAAI/bge-m3 | EMBED | 32768 | 8000
            org/bge-like --runner generate                                | org/bge-like | GENERATE | 32768 | 8000
            org/m --runner pooling                                        | org/m | EMBED    | 32768 | 8000
            BAAI/bge-reranker-v2-m3 --served-model-name r                 | r     | RERANK   | 32768 | 8000
            BAAI/bge-reranker-v2-m3 --served-model-name r --runner=pooling | r    | RERANK   | 32768 | 8000
            org/m --task score                                            | org/m | RERANK   | 32768 | 8000
            """)
    void optionsAreReadAsVllmReadsThem(String line, String name, ModelTask task, int context, int port) {
        ServeArguments serve = read(line);
        assertThat(serve.engine().servedModelName()).isEqualTo(name);
        assertThat(serve.engine().task()).isEqualTo(task);
        assertThat(serve.engine().maxModelLen()).isEqualTo(context);
        assertThat(serve.port()).isEqualTo(port);
    }

    /** What vLLM would not start with, and what it would say. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --port 8000                 | the following arguments are required: model
            org/m --prot 8000           | unrecognized arguments: --prot
            org/m --port=8000 another   | unrecognized arguments: another
            org/m --port                | argument --port: expected one argument
            org/m --port many           | argument --port: invalid int value: 'many'
            org/m --max-model-len long  | argument --max-model-len: invalid value: 'long'
            org/m --task guess          | invalid choice: 'guess'
            """)
    void aSlipIsRefused(String line, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> read(line)).withMessage("vllm serve: error: " + message);
    }

    @Test
    void theKeyComesFromTheOptionOrTheEnvironment() {
        Map<String, String> environment = Map.of("VLLM_API_KEY", "there");
        assertThat(ServeArguments.of(List.of("m"), environment).apiKey()).isEqualTo("there");
        assertThat(ServeArguments.of(List.of("m", "--api-key", "here"), environment).apiKey()).isEqualTo("here");
        assertThat(ServeArguments.of(List.of("m"), Map.of()).apiKey()).isNull();
    }

    @Test
    void whatAnEngineCanDoIsAsItWasTold() {
        EngineSettings plain = read("m").engine();
        assertThat(plain.autoToolChoice()).isFalse();
        assertThat(plain.prefixCaching()).isTrue();
        assertThat(plain.promptTokensDetails()).isFalse();
        EngineSettings told = read("m --enable-auto-tool-choice --tool-call-parser hermes --no-enable-prefix-caching "
                + "--enable-prompt-tokens-details --max-num-seqs 4 --hf-overrides {\"is_matryoshka\":true}").engine();
        assertThat(told.autoToolChoice()).isTrue();
        assertThat(told.prefixCaching()).isFalse();
        assertThat(told.promptTokensDetails()).isTrue();
        assertThat(told.maxNumSeqs()).isEqualTo(4);
        assertThat(told.matryoshka()).isTrue();
    }
}
