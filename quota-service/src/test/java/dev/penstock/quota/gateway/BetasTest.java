package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BetasTest {

    private static final List<String> NAMED = List.of("interleaved-thinking-2025-05-14", "context-management-2025-06-27");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            interleaved-thinking-2025-05-14                                   | interleaved-thinking-2025-05-14
            interleaved-thinking-2025-05-14 , mcp-client-2025-04-04           | interleaved-thinking-2025-05-14
            a,context-management-2025-06-27,interleaved-thinking-2025-05-14   | context-management-2025-06-27,interleaved-thinking-2025-05-14
            mcp-client-2025-04-04                                             | -
            Interleaved-Thinking-2025-05-14                                   | -
            interleaved-thinking-2025-05-14x                                  | -
            ,,,                                                               | -
            """)
    void whatWasNamedGoesAlong(String said, @Nullable String going) {
        assertThat(Betas.allowed(List.of(said), NAMED).orElse(null)).isEqualTo(going);
    }

    @Test
    void severalHeadersAreOneAndEachNameGoesOnce() {
        assertThat(Betas.allowed(List.of(NAMED.getFirst(), NAMED.getLast() + "," + NAMED.getFirst()), NAMED)).contains(String.join(",", NAMED));
    }

    @Test
    void nothingGoesWhereNothingIsSaidOrNamed() {
        assertThat(Betas.allowed(null, NAMED)).isEmpty();
        assertThat(Betas.allowed(NAMED, List.of())).isEmpty();
    }
}
