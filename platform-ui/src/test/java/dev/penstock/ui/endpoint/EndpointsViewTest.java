package dev.penstock.ui.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.platform.EndpointState;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import org.junit.jupiter.api.Test;

class EndpointsViewTest extends ScreenTest {

    @Test
    void ownOnesAndThoseForEverybodyAreListedApart() {
        open(Persona.SCIENTIST, "endpoints");

        assertThat(screen())
                .contains("Of this project 4", "Ready summarise-7b", "research-vision/summarise-7b", "h100-80.2g.20gb on gpu-02")
                .contains("Loading, 62 % translate-32b", "Failed long-32b", "out of memory while the weights were loaded")
                .contains("For everybody 1", "Qwen2.5 7B Instruct · models")
                .doesNotContain("score-7b");
    }

    @Test
    void aFewLettersFindByNameOrModel() {
        open(Persona.SCIENTIST, "endpoints?q=bge");
        assertThat(screen()).contains("search-eu").doesNotContain("summarise-7b");

        open(Persona.SCIENTIST, "endpoints?q=nothing-like-it");
        assertThat(screen()).contains("Nothing here matches");
    }

    @Test
    void aProjectWithoutAnyIsToldWhatTheyAre() {
        services.models.endpoints.clear();

        open(Persona.SCIENTIST, "endpoints");

        assertThat(screen()).contains("No endpoints yet", "OpenAI-compatible");
    }

    @Test
    void theListFollowsWhatChanges() {
        open(Persona.SCIENTIST, "endpoints");

        services.models.moved(Ids.endpoint(3), EndpointState.READY, null, null, "Ready in 81 s");
        told(change("endpoint", Ids.endpoint(3)));

        eventually(() -> screen().contains("Ready translate-32b"));
    }
}
