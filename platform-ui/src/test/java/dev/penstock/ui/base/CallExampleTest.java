package dev.penstock.ui.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.ModelTask;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallExampleTest {

    private static final String ADDRESS = "https://models.example.org/v1";

    @ParameterizedTest
    @EnumSource
    void everyLanguageCallsTheModelAtTheAddressWithTheKeyOfTheEnvironment(CallExample language) {
        for (ModelTask task : ModelTask.values()) {
            String text = language.text(ADDRESS, "team/chat", task);

            assertThat(text).contains(ADDRESS, "team/chat", "PENSTOCK_KEY").doesNotContain("{address}", "{model}", "{body}", "{operation}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachTaskIsCalledAtItsOwnOperation(CallExample language) {
        for (ModelTask task : ModelTask.values()) {
            String text = language.text(ADDRESS, "team/model", task);
            assertThat(text).containsPattern(switch (task) {
                case CHAT -> "chat[/.]completions";
                case EMBEDDINGS -> "[/.]embeddings";
                case RERANK -> "/rerank";
            });
            assertThat(text).contains(switch (task) {
                case CHAT -> List.of("messages", "content");
                case EMBEDDINGS -> List.of("input");
                case RERANK -> List.of("query", "documents");
            });
        }
    }

    @Test
    void aJustMadeKeyReplacesTheVariableAlone() {
        String text = CallExample.withKey(ADDRESS, "team/chat", ModelTask.CHAT, "psk_abc_def");

        assertThat(text).contains("\"Authorization: Bearer psk_abc_def\"").doesNotContain("PENSTOCK_KEY");
    }
}
