package dev.penstock.ui.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.platform.ModelView;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueViewTest extends ScreenTest {

    @Test
    void aCardTellsWhatAModelIsWhereItRunsNowAndWhatTheSharedOneCosts() {
        open(Persona.SCIENTIST, "catalogue");

        assertThat(screen())
                .contains("BGE-M3", "Embeddings of text", "h100-80.1g.10gb, 6 free")
                .contains("Qwen2.5 7B Instruct", "Parameters 7.62 B", "Context 32,768 tokens", "h100-80.2g.20gb, 2 free", "€0.15 in, €0.60 out")
                .contains("Mistral Research", "not for commercial use", "fits no part here");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        task=embeddings                 | BGE-M3
        task=rerank                     | BGE Reranker v2 M3
        licence=commercial              | BGE-M3,BGE Reranker v2 M3,Qwen2.5 32B Instruct,Qwen2.5 7B Instruct
        now=free                        | BGE-M3,BGE Reranker v2 M3,Qwen2.5 32B Instruct,Qwen2.5 7B Instruct
        q=mistral                       | Mistral Large 2
        task=chat&licence=commercial&q=7b | Qwen2.5 7B Instruct
        """)
    void theAddressSaysWhatIsLookedFor(String filter, String found) {
        open(Persona.SCIENTIST, "catalogue?view=table&" + filter);

        for (ModelView model : services.models.models.values()) {
            assertThat(links().contains(model.name())).as(model.name()).isEqualTo(List.of(found.split(",")).contains(model.name()));
        }
    }

    @Test
    void whatIsHeldByOthersDoesNotFitNow() {
        services.models.endpoints.clear();
        services.models.models.values().removeIf(model -> !model.id().equals("qwen2.5-32b-instruct"));
        ModelView model = services.models.models.values().iterator().next();
        services.models.models.put(model.id(), new ModelView(
                model.id(), model.name(), model.publisher(), model.summary(), model.tasks(), model.parameters(), model.activeParameters(),
                model.contextTokens(), model.kvBytesPerToken(), model.weightBytes(), model.precision(), model.licence(), model.commercialUse(),
                model.confirmed(), model.source(), model.fits().stream().filter(fit -> fit.free() == 0 || !fit.fits()).toList()));

        open(Persona.SCIENTIST, "catalogue?now=free");
        assertThat(screen()).contains("Nothing here matches");

        follow("Show all");
        assertThat(screen()).contains("h100-80.7g.80gb, none free now");
    }

    @Test
    void anEmptyCatalogueSaysWhoFillsIt() {
        services.models.models.clear();
        services.models.endpoints.clear();

        open(Persona.SCIENTIST, "catalogue");

        assertThat(screen()).contains("No models yet", "An administrator adds models");
    }

    @Test
    void whoOnlyReviewsIsOfferedNoEndpoint() {
        open(Persona.AUDITOR, "catalogue");

        assertThat(screen()).contains("Qwen2.5 7B Instruct", "€0.15 in");
        assertThat(links()).doesNotContain("New endpoint");
    }

    @Test
    void aNewModelAppearsWithoutReloading() {
        ModelView model = services.models.models.remove("bge-m3");
        open(Persona.SCIENTIST, "catalogue");
        assertThat(screen()).doesNotContain("BGE-M3");

        services.models.models.put("bge-m3", Objects.requireNonNull(model));
        told(change("model", "bge-m3"));

        eventually(() -> screen().contains("BGE-M3"));
    }
}
