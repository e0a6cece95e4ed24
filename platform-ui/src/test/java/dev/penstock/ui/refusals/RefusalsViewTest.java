package dev.penstock.ui.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.CallId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.RefusedBy;
import dev.penstock.contract.quota.Window;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(screen()).contains("The limit on tokens a day", "the project research-vision", "It may pass once the limit resets.", "Ask for more");
    }

    @Test
    void askingForMoreIsFilledInAndStaysToBeSeen() {
        open(Persona.SCIENTIST, OF_VISION + "&call=" + Ids.uuid(0xa03));
        follow("Ask for more");
        BigDecimalField amount = find(BigDecimalField.class).withLabel("Allow instead").single();
        assertThat(amount.getValue()).isEqualByComparingTo("3");

        test(amount).setValue(BigDecimal.ONE);
        click("Ask");
        assertThat(amount.getErrorMessage()).isEqualTo("More than 2 M.");
        assertThat(find(TextArea.class).withLabel("Reason").single().getErrorMessage()).isEqualTo("Say what for.");
        assertThat(services.limitRequests.made).isEmpty();

        test(amount).setValue(new BigDecimal("2.5"));
        test(find(TextArea.class).withLabel("Reason").single()).setValue("A demonstration on Friday");
        click("Ask");
        assertThat(services.limitRequests.made.values()).singleElement().satisfies(made -> {
            assertThat(made.amount()).isEqualTo(2_500_000);
            assertThat(made.limit()).isEqualTo(new LimitId(Ids.uuid(0x902)));
            assertThat(made.call()).isEqualTo(new CallId(Ids.uuid(0xa03)));
        });
        assertThat(find(Dialog.class).all()).isEmpty();
        assertThat(screen()).contains("You asked for 2.5 M; it waits for an administrator.", "Asked for more 1", "Waiting").doesNotContain("Ask for more");

        click("Withdraw");
        assertThat(screen()).contains("Withdrawn", "Ask for more");
    }

    @Test
    void whoSetsLimitsIsLedToTheLimit() {
        open(Persona.ADMIN, "refusals?call=" + Ids.uuid(0xa03));
        assertThat(address("Open the limit")).startsWith("tenants").contains("limit=" + Ids.uuid(0x902));
        assertThat(screen()).doesNotContain("Ask for more");
    }

    /** In two digits, upwards: what was used and is needed, or half as much again. */
    @ParameterizedTest
    @CsvSource({"2000000, 1994100, 8840, 3000000", "10, 0, 27, 27", "100, 90, 400, 490", "1000, 1000, 1, 1500", "1, 1, 1, 2", "0, 0, 5, 5", "1000000, 1990000, 17000, 2100000"})
    void whatIsSuggestedIsEnough(BigInteger amount, BigInteger used, BigInteger asked, BigInteger suggested) {
        var rule = new RefusedBy(new LimitId(Ids.uuid(1)), "project", "p", Meter.TOKENS, Window.DAY, null, amount, used, asked, null, RefusedBy.Waiting.NEVER);
        assertThat(Asking.suggested(rule)).isEqualTo(suggested);
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
