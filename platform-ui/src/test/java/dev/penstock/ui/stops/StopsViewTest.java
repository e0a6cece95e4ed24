package dev.penstock.ui.stops;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import dev.penstock.contract.StopId;
import dev.penstock.contract.quota.StopSpec;
import dev.penstock.contract.quota.StopView;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StopsViewTest extends ScreenTest {

    private static final StopId STANDING = new StopId(Ids.uuid(0x701));

    @Test
    void whatStandsSaysWhySinceWhenAndHowSoonItHeld() {
        open(Persona.ADMIN, "stops");
        assertThat(screen())
                .contains("Stopped model research-vision/summarise-7b It answers in another customer's words", "4 min ago", "by adele", "after 1.012 s by 2 replicas")
                .doesNotContain("public repository");

        follow("All");
        assertThat(screen()).contains("Let go all keys are rotated", "tenant research", "by adele", "after 0.052 s by 1 replica");
    }

    @Test
    void howSoonItHeldIsTheSlowestAndWhoHasNotHeardIsNamed() {
        assertThat(text(new StopView.Reached("a", 12L, false), new StopView.Reached("b", null, false))).isEqualTo("Not yet by b");
        assertThat(text(new StopView.Reached("a", 12L, false), new StopView.Reached("b", 90_000L, true))).isEqualTo("after 0.012 sby 1 replica");
        assertThat(text(new StopView.Reached("b", 90_000L, true))).isEqualTo("since their start");
        assertThat(text()).isEqualTo("no replica was there");
    }

    private static String text(StopView.Reached... reached) {
        return StopsView.held(List.of(reached)).getElement().getTextRecursively();
    }

    @Test
    void callsOfATenantAreStoppedWithAReason() {
        open(Persona.ADMIN, "stops?do=stop");
        click("Stop the calls");
        assertThat(find(TextArea.class).withLabel("Reason").single().getErrorMessage()).isEqualTo("Say why.");
        assertThat(services.stops.made).hasSize(2);

        chooseWhat("tenant research");
        test(find(TextArea.class).withLabel("Reason").single()).setValue("keys leaked ");
        click("Stop the calls");

        StopView made = services.stops.made.values().stream().filter(stop -> stop.reason().equals("keys leaked")).findFirst().orElseThrow();
        assertThat(made.tenant()).isEqualTo(Ids.RESEARCH);
        assertThat(made.model()).isNull();
        assertThat(page()).contains("Calls of tenant research are stopped.");
        assertThat(screen()).contains("tenant research keys leaked", "Not yet by quota-0");
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void modelsAndAliasesAreOfferedByTheNamesThatAreCalled() {
        open(Persona.ADMIN, "stops?do=stop");
        Select what = find(Select.class).withLabel("Calls of").single();
        List<String> offered = what.getListDataView().getItems().map(item -> what.getItemLabelGenerator().apply(item)).toList();
        assertThat(offered).contains("tenant research", "model research-vision/summarise-7b", "model chat-default", "model gpt-5-mini").doesNotContain("model embed-2025");
    }

    @Test
    void lettingGoTakesAReasonToo() {
        open(Persona.ADMIN, "stops?do=lift-" + STANDING);
        assertThat(page()).contains("Let calls of model research-vision/summarise-7b go?", "Stopped for: It answers in another customer's words");
        click("Let them go");
        assertThat(find(TextArea.class).withLabel("Reason").single().getErrorMessage()).isEqualTo("Say why.");

        test(find(TextArea.class).withLabel("Reason").single()).setValue("the engine is replaced");
        click("Let them go");

        assertThat(Objects.requireNonNull(services.stops.made.get(STANDING)).liftReason()).isEqualTo("the engine is replaced");
        assertThat(screen()).contains("Nothing is stopped");
    }

    @Test
    void whatIsRefusedStaysBesideWhatWasTyped() {
        services.stops.make(new StopId(Ids.uuid(0x703)), new StopSpec(Ids.RESEARCH, null, "before"));
        open(Persona.ADMIN, "stops?do=stop");
        chooseWhat("tenant research");
        test(find(TextArea.class).withLabel("Reason").single()).setValue("again");
        click("Stop the calls");

        assertThat(page()).contains("Its calls are stopped already.");
        assertThat(find(TextArea.class).withLabel("Reason").single().getValue()).isEqualTo("again");
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void chooseWhat(String title) {
        Select what = find(Select.class).withLabel("Calls of").single();
        what.setValue(what.getListDataView().getItems().filter(item -> what.getItemLabelGenerator().apply(item).equals(title)).findFirst().orElseThrow());
    }

    @Test
    void anAuditorReadsAndChangesNothing() {
        open(Persona.AUDITOR, "stops?do=stop");

        assertThat(screen()).contains("Stopped model research-vision/summarise-7b");
        assertThat(links()).doesNotContain("Stop calls", "Let go");
        assertThat(page()).doesNotContain("Stop the calls");
    }
}
