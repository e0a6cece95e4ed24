package dev.penstock.quota.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineCountersTest {

    private static final String AS_TOLD = """
            # HELP vllm:num_requests_running Number of requests in model execution batches.
            # TYPE vllm:num_requests_running gauge
            vllm:num_requests_running{engine="0",model_name="m"} 0.0
            vllm:num_requests_waiting{engine="0",model_name="m"} 0.0
            # TYPE vllm:prompt_tokens_total counter
            vllm:prompt_tokens_total{engine="0",model_name="m"} 1.2345678e+07
            vllm:prompt_tokens_created{engine="0",model_name="m"} 1.7e+09
            vllm:request_prompt_tokens_sum{engine="0",model_name="m"} 99.0
            vllm:generation_tokens_total{engine="0",model_name="m"} 42.0
            process_start_time_seconds 1.73197823541e+09
            """;

    @Test
    void readsWhatVllmSays() {
        assertThat(EngineCounters.parse(AS_TOLD)).isEqualTo(
                new EngineCounters(Instant.parse("2024-11-19T01:03:55.410Z"), new Amount(12_345_678, 42), true));
    }

    /** Ranks of one engine, and adapters, count for themselves. */
    @Test
    void whatStandsThereSeveralTimesIsAddedUp() {
        assertThat(EngineCounters.parse(AS_TOLD + "vllm:generation_tokens_total{engine=\"1\",model_name=\"m\"} 8.0\nvllm:num_requests_running{engine=\"1\"} 2.0\n"))
                .isEqualTo(new EngineCounters(Instant.parse("2024-11-19T01:03:55.410Z"), new Amount(12_345_678, 50), false));
    }

    @Test
    void countersThatAreNotThereYetHaveCountedNothing() {
        assertThat(EngineCounters.parse("vllm:num_requests_running{engine=\"0\"} 1.0\n")).isEqualTo(new EngineCounters(null, Amount.NONE, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "<html>", "llamacpp:prompt_tokens_total 4", "vllm:prompt_tokens_total{} -1.0", "vllm:prompt_tokens_total{} 1.5", "vllm:prompt_tokens_total{} NaN",
        "vllm:prompt_tokens_total{} +Inf", "vllm:prompt_tokens_total{} 1e300", "vllm:prompt_tokens_total{} 1\nprocess_start_time_seconds -3"})
    void whatCannotBeIsNotRead(String text) {
        assertThatThrownBy(() -> EngineCounters.parse(text)).isInstanceOf(EngineCounters.Unreadable.class);
    }
}
