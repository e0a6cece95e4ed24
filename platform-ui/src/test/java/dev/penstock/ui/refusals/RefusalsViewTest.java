package dev.penstock.ui.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import org.junit.jupiter.api.Test;

class RefusalsViewTest extends ScreenTest {

    private static final String OF_VISION = "refusals?project=" + Ids.VISION;

    @Test
    void whatWasRefusedIsListedWithItsRuleAndCounted() {
        open(Persona.SCIENTIST, OF_VISION);

        assertThat(screen()).contains("1,240", "429 insufficient_quota", "tokens today of the project research-vision", "404 model_not_found", "the model's server", "Older");
    }

    @Test
    void oneIsExplainedWithNumbersAndTheRequestToMakeOfIt() {
        open(Persona.SCIENTIST, OF_VISION);
        test(find(TextField.class).withLabel("Call").single()).setValue("nothing");
        click("Explain");
        assertThat(find(TextField.class).withLabel("Call").single().getErrorMessage()).startsWith("An id such as");

        follow("429 insufficient_quota");
        assertThat(screen()).contains(
                "The limit on tokens a day", "the project research-vision", "It may pass once the limit resets.",
                "Please raise the limit on tokens today of the project research-vision (2 M now, 1.99 M used");
    }

    @Test
    void aCallThatNobodyKnowsIsSaidToBeThat() {
        open(Persona.SCIENTIST, OF_VISION + "&call=" + Ids.uuid(0xaff));
        assertThat(screen()).contains("Nothing is known of this call", "of a project that you do not see");
    }

    @Test
    void whoSeesSeveralProjectsStillFindsACall() {
        open(Persona.ADMIN, "refusals?call=" + Ids.uuid(0xa02));
        assertThat(screen()).contains("The model `gpt-5` does not exist");
        open(Persona.ADMIN, "refusals");
        assertThat(screen()).contains("Of which project?");
    }

    @Test
    void usageLeadsThere() {
        open(Persona.SCIENTIST, "usage?project=" + Ids.VISION);
        assertThat(address("Refusals")).startsWith("refusals");
    }
}
