package dev.penstock.ui.newendpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.GpuTime;
import dev.penstock.contract.platform.EndpointDetail;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.platform.PolicyCheck;
import dev.penstock.contract.platform.RequestPreview;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewEndpointViewTest extends ScreenTest {

    private static final String SMALL = "new-endpoint?model=qwen2.5-7b-instruct";

    private void fill(String name, String purpose) {
        test(find(TextField.class).withLabel("Name").single()).setValue(name);
        test(find(TextArea.class).withLabel("Why you need it").single()).setValue(purpose);
    }

    private EndpointView made(String name) {
        return services.models.endpoints.values().stream().map(EndpointDetail::endpoint).filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void theSmallestFreePartIsProposedWithItsArithmeticAndWhatItCosts() {
        open(Persona.SCIENTIST, SMALL);

        assertThat(screen())
                .contains("the smallest that fits and is free", "Why it fits BF16 on h100-80.2g.20gb", "57,344 bytes a token × 8,192 tokens")
                .contains("Per hour €0.84", "Per month €613.20", "The same calls, shared €17.28")
                .contains("Approved at once", "Quota left");
        assertThat(buttons()).contains("Start the endpoint");
    }

    @Test
    void theSharedOneNeedsNoAsking() {
        open(Persona.SCIENTIST, SMALL + "&intent=shared");

        assertThat(screen()).contains("it runs already", "Called as qwen2.5-7b-instruct", "Per month €17.28", "Per 1 M tokens €0.15 in, €0.60 out").doesNotContain("Who must agree");
        assertThat(links()).contains("How to call it", "Make a key");
    }

    @Test
    void whatNobodySharesIsSaid() {
        open(Persona.SCIENTIST, "new-endpoint?model=bge-m3&intent=shared");

        assertThat(screen()).contains("Nobody shares BGE-M3 yet");
    }

    @Test
    void aContextThatNoPartServesCannotBeAskedFor() {
        open(Persona.SCIENTIST, "new-endpoint?model=qwen2.5-7b-instruct&context=40000");

        assertThat(screen()).contains("No part serves so long a context", "the longest here is 32,768 tokens");
        assertThat(find(NativeButton.class).withCondition(each -> !each.isEnabled()).all()).hasSize(1);
    }

    @Test
    void aModelThatFitsNowhereIsSaid() {
        open(Persona.SCIENTIST, "new-endpoint?model=mistral-large-2407");

        assertThat(screen()).contains("The model fits no part of this installation.");
    }

    @Test
    void aLongerContextMovesTheProposalAndKeepsWhatIsTyped() {
        open(Persona.SCIENTIST, "new-endpoint?model=qwen2.5-32b-instruct");
        services.models.books.clear();
        fill("half-typed", "");

        test(find(IntegerField.class).withLabel("Context").single()).setValue(32_768);
        told(change("price", "1"));

        eventually(() -> screen().contains("No price is stated for h200-141.whole"));
        assertThat(screen()).contains("262,144 bytes a token × 32,768 tokens 8.0 GiB");
        assertThat(find(TextField.class).withLabel("Name").single().getValue()).isEqualTo("half-typed");
    }

    @Test
    void aPartPickedByHandStays() {
        open(Persona.SCIENTIST, SMALL);

        choose("3g.40gb of NVIDIA H100 80 GB");
        roundTrip();

        assertThat(screen()).contains("what you picked", "BF16 on h100-80.3g.40gb", "Per hour €1.38");
    }

    @Test
    void anEndpointThatPolicyAgreesToOpensItsPage() {
        open(Persona.SCIENTIST, SMALL);
        fill("summarise-eu", "Summaries for the EU document set.");

        click("Start the endpoint");

        assertThat(made("summarise-eu").profile()).isEqualTo("h100-80.2g.20gb");
        assertThat(made("summarise-eu").contextTokens()).isEqualTo(8_192);
        assertThat(made("summarise-eu").shared()).isFalse();
        assertThat(screen()).contains("summarise-eu Queued", "Asked for by scientist");
    }

    @Test
    void whatPolicyRefusesCannotBeAskedFor() {
        services.models.preview = new RequestPreview(
                PolicyCheck.Result.REFUSED,
                List.of(new PolicyCheck("lease", PolicyCheck.Result.REFUSED, "Lease: longer than the 12 h that policy allows")),
                "", GpuTime.ZERO, 2);

        open(Persona.SCIENTIST, SMALL);

        assertThat(screen()).contains("Not possible", "longer than the 12 h that policy allows");
        assertThat(find(NativeButton.class).withCondition(each -> !each.isEnabled()).all()).hasSize(1);
    }

    @Test
    void aNameInUseIsRefusedAndNothingTypedIsLost() {
        open(Persona.SCIENTIST, SMALL);
        fill("summarise-7b", "Again.");

        click("Start the endpoint");

        assertThat(screen()).contains("The name is in use.", "ref 4e81-c07b");
        assertThat(find(TextArea.class).withLabel("Why you need it").single().getValue()).isEqualTo("Again.");
    }

    @Test
    void onlyAdministratorsShareWithEverybody() {
        open(Persona.SCIENTIST, SMALL);
        assertThat(find(Checkbox.class).all()).isEmpty();

        open(Persona.ADMIN, SMALL);
        assertThat(find(Checkbox.class).single().getLabel()).isEqualTo("Every tenant may call it and pays for tokens");
    }

    @Test
    void whoIsMemberOfNoProjectIsToldWhomToAsk() {
        open(Persona.STRANGER, "new-endpoint");

        assertThat(screen()).contains("You are not a member of a project yet");
    }

    @ParameterizedTest
    @CsvSource({"qwen2.5-7b, true", "a1, true", "Qwen, false", "7b, false", "ends-, false", "a, false", "a.., false"})
    void anEndpointIsNamedLikeAModel(String name, boolean accepted) {
        assertThat(Order.nameProblem(name).isEmpty()).isEqualTo(accepted);
    }
}
