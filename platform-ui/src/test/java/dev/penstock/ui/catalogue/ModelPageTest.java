package dev.penstock.ui.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import org.junit.jupiter.api.Test;

class ModelPageTest extends ScreenTest {

    @Test
    void theFactsSayFromWhomTheyAreAndThatNoEngineHasConfirmedThem() {
        open(Persona.SCIENTIST, "catalogue/qwen2.5-32b-instruct");

        assertThat(screen())
                .contains("Facts as stated", "Weights 61.0 GiB as BF16", "KV cache 262,144 bytes a token Licence")
                .contains("The publisher's model card and config.json, read in November 2026. Not yet confirmed by an engine");
    }

    @Test
    void theArithmeticIsShownForTheSmallestPartThatFits() {
        open(Persona.SCIENTIST, "catalogue/qwen2.5-32b-instruct");

        assertThat(screen())
                .contains("Why it fits BF16 on h100-80.7g.80gb", "0.2 GiB to spare")
                .contains("Weights 32.76 B parameters as BF16 61.0 GiB", "262,144 bytes a token × 32,768 tokens 8.0 GiB", "Needed for one answer at a time 71.0 GiB");
    }

    @Test
    void aPartThatIsTooSmallSaysByHowMuch() {
        open(Persona.SCIENTIST, "catalogue/qwen2.5-32b-instruct?profile=h100-80.3g.40gb");

        assertThat(screen()).contains("Why it does not fit BF16 on h100-80.3g.40gb", "35.5 GiB short");
    }

    @Test
    void whatAnHourOfAPartCostsIsShownOrThatNoPriceIsStated() {
        open(Persona.SCIENTIST, "catalogue/qwen2.5-32b-instruct");

        assertThat(screen()).contains("€2.90", "no price");
    }

    @Test
    void theSharedEndpointIsNamedWithItsPrices() {
        open(Persona.SCIENTIST, "catalogue/qwen2.5-7b-instruct");

        assertThat(screen()).contains("Runs already for everybody Endpoint qwen2.5-7b-instruct State Ready Per 1 M tokens €0.15 in, €0.60 out");
        assertThat(address("qwen2.5-7b-instruct")).startsWith("endpoints/" + Ids.PLATFORM + "/" + Ids.endpoint(1));
    }

    @Test
    void aNewEndpointBeginsWithTheModel() {
        open(Persona.SCIENTIST, "catalogue/bge-m3");

        assertThat(address("New endpoint")).contains("new-endpoint?", "model=bge-m3");
    }

    @Test
    void anUnknownModelIsSaidInWords() {
        open(Persona.SCIENTIST, "catalogue/no-such-model");

        assertThat(screen()).contains("There is no such thing, or it is not yours to see.");
    }
}
