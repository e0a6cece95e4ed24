package dev.penstock.ui.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.quota.Ladder;
import dev.penstock.contract.quota.SteeringRule;
import dev.penstock.contract.quota.SteeringView;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PolicyViewTest extends ScreenTest {

    private static final String OF_VISION = "model-policy?project=" + Ids.VISION;

    private SteeringView made() {
        return Objects.requireNonNull(services.steering.made.get(Ids.VISION));
    }

    @Test
    void rulesAreSaidInWordsWithWhatTheySaved() {
        open(Persona.SCIENTIST, OF_VISION);

        assertThat(screen()).contains(
                "any call, for batch or nightly", "calls of llama-3.3-70b, with a prompt up to about 2,000 tokens, of complexity 2 or less", "answers say how full the budget is",
                "answered by qwen2.5-7b-instruct, or where it cannot, answered with 500 tokens at most", "€263.20", "not known", "Version 4 by olivia");
        assertThat(screen()).doesNotContain("Add a rule");
    }

    @Test
    void anOwnerAddsARuleAfterSeeingWhatItWouldHaveDone() {
        open(Persona.OWNER, OF_VISION + "&do=add");
        test(find(TextField.class).withLabel("For").single()).setValue("Not Good");
        click("Replay last week");
        assertThat(find(TextField.class).withLabel("For").single().getErrorMessage()).startsWith("Lower case letters");

        test(find(TextField.class).withLabel("For").single()).setValue("tests");
        test(find(IntegerField.class).withLabel("Prompt up to").single()).setValue(900);
        find(ComboBox.class).single().setValue("qwen2.5-7b-instruct");
        click("Replay last week");
        assertThat(page()).contains("Of 41,220 calls since", "20,311 would have been answered by another model. That would have saved €441.00.", "Of 1,204 nobody noted");
        click("Add rule");
        assertThat(find(TextField.class).withLabel("Reason").single().getErrorMessage()).isEqualTo("Why is it so?");
        test(find(TextField.class).withLabel("Reason").single()).setValue("tests are short");
        click("Add rule");

        assertThat(made().version()).isEqualTo(5);
        assertThat(made().rules()).hasSize(4).last().isEqualTo(new SteeringRule(List.of(), List.of("tests"), 900L, null, "qwen2.5-7b-instruct"));
        assertThat(made().ladder()).isNotNull();
    }

    @Test
    void aRuleIsRemovedAndTheLadderTakenAway() {
        open(Persona.OWNER, OF_VISION + "&do=change-2");
        click("Remove");
        assertThat(made().rules()).hasSize(2);

        open(Persona.OWNER, OF_VISION + "&do=ladder");
        click("Take it away");
        assertThat(made().ladder()).isNull();
        assertThat(screen()).contains("a call is answered as it asks until a limit refuses it");
    }

    @Test
    void theLadderIsSetUpWithTheUsualSteps() {
        open(Persona.OWNER, "model-policy?do=ladder&project=" + Ids.LANGUAGE);
        test(find(IntegerField.class).withLabel("Else with answers up to").single()).setValue(300);
        test(find(TextField.class).withLabel("Reason").single()).setValue("the month is long");
        click("Save");
        assertThat(Objects.requireNonNull(services.steering.made.get(Ids.LANGUAGE)).ladder()).isEqualTo(new Ladder(80, 95, null, 300L));
    }

    @Test
    void savingsAreAFileToTheLastDigit() {
        assertThat(SavingsPanel.csv(services.steering.savings(Ids.RESEARCH, Ids.VISION, scenario.instant(), scenario.instant())).lines())
                .contains("chat-default,qwen2.5-7b-instruct,\"policy 4, rule 2: purpose batch\",3,2011,623410,0,0,180990,9.120110000000,,,EUR");
    }

    @Test
    void whoSeesSeveralProjectsChoosesOne() {
        open(Persona.AUDITOR, "model-policy");
        assertThat(screen()).contains("Of which project?");
    }
}
