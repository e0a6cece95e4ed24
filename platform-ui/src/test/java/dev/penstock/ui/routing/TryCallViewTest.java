package dev.penstock.ui.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.quota.CallTry;
import dev.penstock.contract.quota.KeyOperation;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TryCallViewTest extends ScreenTest {

    private void openFor(Persona persona) {
        services.tries.asked.clear();
        open(persona, "try-a-call?project=" + Ids.VISION + "&model=chat-default");
    }

    @Test
    void theDecisionIsShownAsFarAsItCame() {
        openFor(Persona.SCIENTIST);
        assertThat(find(TextArea.class).withLabel("What the client would send").single().getValue()).contains("\"model\": \"chat-default\"", "\"messages\"");
        test(find(TextField.class).withLabel("Purpose").single()).setValue("batch");
        click("See the decision");

        CallTry asked = services.tries.asked.getFirst();
        assertThat(asked.key()).isNull();
        assertThat(asked.operation()).isEqualTo(KeyOperation.CHAT);
        assertThat(asked.headers()).isEqualTo(Map.of("x-penstock-purpose", "batch"));
        assertThat(screen()).contains(
                "Would be forwarded", "an alias; chooses the least busy", "48 tokens in, 200 out", "Left out for now", "at anthropic, outside of the house",
                "does not allow that it leaves the house", "spend this month", "If others give back");
    }

    @Test
    void aRefusalIsAnAnswerAndNotAFailure() {
        openFor(Persona.SCIENTIST);
        test(find(TextArea.class).withLabel("What the client would send").single()).setValue("{\"model\": \"chat-default\", \"huge\": true}");
        click("See the decision");

        assertThat(screen()).contains("Would be refused: 429 insufficient_quota", "The limit on tokens a day of the project Vision", "Does not fit");
    }

    @Test
    void whoSeesSeveralProjectsChoosesOne() {
        open(Persona.ADMIN, "try-a-call");
        assertThat(screen()).contains("For which project?");
    }

    @Test
    void nothingIsAskedForWithoutABody() {
        openFor(Persona.SCIENTIST);
        test(find(TextArea.class).withLabel("What the client would send").single()).setValue(" ");
        click("See the decision");

        assertThat(services.tries.asked).isEmpty();
        assertThat(find(TextArea.class).withLabel("What the client would send").single().getErrorMessage()).isEqualTo("Write what the client would send.");
    }

    @Test
    void routingLeadsThere() {
        open(Persona.AUDITOR, "routing");
        assertThat(address("Try a call")).startsWith("try-a-call");
    }
}
