package dev.penstock.ui.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.platform.EndpointState;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneEndpointViewTest extends ScreenTest {

    private static String endpoint(int number) {
        return "endpoints/" + Ids.RESEARCH + "/" + Ids.endpoint(number);
    }

    private EndpointState state(int number) {
        return Objects.requireNonNull(services.models.endpoints.get(Ids.endpoint(number))).endpoint().state();
    }

    @Test
    void theTimelineTellsWhatHappenedAndHowFarTheLoadingIs() {
        open(Persona.SCIENTIST, endpoint(3));

        assertThat(screen())
                .contains("translate-32b Loading, 62 %", "Starting for 49 s")
                .contains("Approved by policy", "+0.4 s", "Scheduled on gpu-02", "Image pulled", "Loading the weights, 62 %", "Ready for calls");
        assertThat(find(Markup.class).withCondition(each -> "progressbar".equals(each.getElement().getAttribute("role"))).single().getElement().getAttribute("aria-valuenow"))
                .isEqualTo("62");
    }

    @Test
    void whatIsLoadingBecomesReadyWithoutReloading() {
        open(Persona.SCIENTIST, endpoint(3));

        services.models.moved(Ids.endpoint(3), EndpointState.READY, null, null, "Ready in 49 s");
        told(change("endpoint", Ids.endpoint(3)));

        eventually(() -> screen().contains("Start took 49 s"));
        assertThat(screen()).contains("translate-32b Ready").doesNotContain("62 % 1 min");
    }

    @Test
    void whatTheEngineWritesIsTextAndNeverMarkup() {
        open(Persona.SCIENTIST, endpoint(3));

        assertThat(screen()).contains("5/8 <b>not markup</b>", "Unhealthy", "Startup probe failed");
    }

    @ParameterizedTest
    @CsvSource({
        "curl, 'curl https://models.example.org/v1/chat/completions'",
        "python, 'OpenAI(base_url=\"https://models.example.org/v1\", api_key=os.environ[\"PENSTOCK_KEY\"])'",
        "javascript, 'new OpenAI({ baseURL: \"https://models.example.org/v1\", apiKey: process.env.PENSTOCK_KEY })'",
        "java, 'URI.create(\"https://models.example.org/v1/chat/completions\")'",
    })
    void howToCallItIsReadyToCopyInEveryLanguage(String language, String text) {
        open(Persona.SCIENTIST, endpoint(2) + "?lang=" + language);

        assertThat(screen()).contains(text, "research-vision/summarise-7b", "Tokens are counted and cost nothing");
    }

    @Test
    void theLimitsThatCountItsCallsStandBesideIt() {
        open(Persona.SCIENTIST, endpoint(2));

        assertThat(screen()).contains("Limits that count its calls", "research-vision, spend this month", "research-vision, calls this minute")
                .doesNotContain("for qwen2.5-7b-instruct", "GPU-hours this month", "batch-eu");
    }

    @Test
    void embeddingsAreCalledAsEmbeddings() {
        open(Persona.SCIENTIST, endpoint(4));

        assertThat(screen()).contains("/v1/embeddings", "\"input\"").doesNotContain("chat/completions");
    }

    @Test
    void aRerankerIsCalledWithAQuestionAndDocuments() {
        services.models.models.put("bge-m3", Objects.requireNonNull(services.models.models.get("bge-reranker-v2-m3")));
        open(Persona.SCIENTIST, endpoint(4));

        assertThat(screen()).contains("/v1/rerank", "\"query\"", "\"documents\"", "as Cohere and Jina have it").doesNotContain("chat/completions", "/v1/embeddings");
    }

    @Test
    void aSharedOneTellsItsPricesAndIsNotAScientistsToStop() {
        open(Persona.SCIENTIST, "endpoints/" + Ids.PLATFORM + "/" + Ids.endpoint(1));

        assertThat(screen()).contains("for everybody", "\"model\": \"qwen2.5-7b-instruct\"", "A million tokens cost €0.15 in, €0.60 out.");
        assertThat(links()).doesNotContain("Stop", "Delete", "Start");
    }

    @Test
    void aFailureSaysWhyAndCanBeStartedAgain() {
        open(Persona.SCIENTIST, endpoint(5));
        assertThat(screen()).contains("It failed", "out of memory while the weights were loaded", "Its slice is given back.");

        follow("Start");
        click("Start long-32b");

        assertThat(state(5)).isEqualTo(EndpointState.QUEUED);
    }

    @Test
    void stoppingNamesWhoDependsOnItAndThenShowsItStopping() {
        open(Persona.SCIENTIST, endpoint(2) + "?do=stop");
        assertThat(page()).contains("Stop summarise-7b?", "New calls are refused at once");

        click("Stop summarise-7b");

        assertThat(state(2)).isEqualTo(EndpointState.STOPPING);
        assertThat(screen()).contains("Stopping", "Stopped; the slice is given back");
    }

    @Test
    void deletingNamesTheKeysThatWereMadeForIt() {
        open(Persona.SCIENTIST, endpoint(2) + "?do=delete");
        assertThat(page()).contains("calls of research-vision/summarise-7b fail from then on");

        click("Keep it");
        assertThat(state(2)).isEqualTo(EndpointState.READY);
    }

    @Test
    void whatIsStoppedOffersNoStop() {
        open(Persona.SCIENTIST, endpoint(4) + "?do=stop");

        assertThat(links()).contains("Start", "Delete").doesNotContain("Stop");
        assertThat(page()).doesNotContain("Stop search-eu?");
    }

    @Test
    void aNameThatIsNoIdIsNothing() {
        open(Persona.SCIENTIST, "endpoints/" + Ids.RESEARCH + "/drop-table");

        assertThat(screen()).contains("There is no such thing", "“drop-table” is no id.");
    }
}
