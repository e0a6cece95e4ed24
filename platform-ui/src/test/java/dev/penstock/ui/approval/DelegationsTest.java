package dev.penstock.ui.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.DelegationId;
import dev.penstock.contract.platform.DelegationSpec;
import dev.penstock.contract.platform.DelegationState;
import dev.penstock.contract.platform.DelegationView;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Naming who approves in one's place, and approving in another's. */
class DelegationsTest extends ScreenTest {

    private static final DelegationId ONE = new DelegationId(Ids.uuid(0x801));

    private void given(Persona by, String delegate) {
        scenario.signedInAs(by);
        services.delegations.put(Ids.RESEARCH, ONE, new DelegationSpec(delegate, null, scenario.instant().plus(Duration.ofDays(7))));
    }

    private DelegationView only() {
        assertThat(services.delegations.all).hasSize(1);
        return services.delegations.all.values().iterator().next();
    }

    @Test
    void anOwnerNamesSomebodyWhoAskedThereBefore() {
        open(Persona.OWNER, "approvals?do=delegate");
        Select<String> who = find(Select.class).withLabel("Who").single();
        who.setValue("scientist-3");

        click("Delegate");

        assertThat(only().delegate()).isEqualTo("scientist-3");
        assertThat(only().tenant()).isEqualTo(Ids.RESEARCH);
        assertThat(only().state()).isEqualTo(DelegationState.ACTIVE);
        assertThat(Duration.between(scenario.instant(), only().until())).isBetween(Duration.ofDays(6), Duration.ofDays(7));
        assertThat(screen()).contains("Who approves in your place", "scientist-3 for Otto Weber", "Active");
        assertThat(page()).contains("scientist-3 approves in your place until");
    }

    @Test
    void somebodyElseIsNamedByTheirSignInAndARefusalStaysInTheDialog() {
        open(Persona.OWNER, "approvals?do=delegate");
        Select<String> who = find(Select.class).withLabel("Who").single();
        who.setValue("Somebody else");
        click("Delegate");
        TextField signIn = find(TextField.class).withLabel("Their sign-in").single();
        assertThat(signIn.getErrorMessage()).isEqualTo("Who?");

        test(signIn).setValue("owner");
        click("Delegate");
        assertThat(page()).contains("delegate: that is you.");

        test(signIn).setValue("deputy");
        click("Delegate");
        assertThat(only().delegate()).isEqualTo("deputy");
    }

    @Test
    void aTimeThatEndsBeforeItBeginsIsSaidUnderTheField() {
        open(Persona.OWNER, "approvals?do=delegate");
        DateTimePicker from = find(DateTimePicker.class).withLabel("From").single();
        DateTimePicker until = find(DateTimePicker.class).withLabel("Until").single();
        from.setValue(until.getValue().plusDays(1));

        click("Delegate");

        assertThat(until.getErrorMessage()).isEqualTo("It must end after it begins.");
        assertThat(services.delegations.all).isEmpty();
    }

    @Test
    void itCanBeEndedEarly() {
        given(Persona.OWNER, "deputy");
        open(Persona.OWNER, "approvals");
        click("End");
        assertThat(page()).contains("From now on deputy decides nothing in the place of Otto Weber in research.");

        click("End the delegation");

        assertThat(only().state()).isEqualTo(DelegationState.ENDED);
        assertThat(screen()).doesNotContain("Delegations");
    }

    @Test
    void whoStandsInSeesForWhomAndDecidesInBothNames() {
        given(Persona.OWNER, "scientist");
        open(Persona.SCIENTIST, "approvals?request=" + Ids.request(2));
        assertThat(screen()).contains("In whose place you approve", "pretrain-s", "research-language · for Otto Weber", "You decide for Otto Weber");

        click("Approve");

        var decided = Objects.requireNonNull(services.requests.get(Ids.request(2)));
        assertThat(decided.state()).isEqualTo(RequestState.APPROVED);
        assertThat(decided.decidedFor()).isEqualTo("owner");
        open(Persona.ADMIN, "approvals?show=decided");
        assertThat(screen()).contains("scientist for owner");
        open(Persona.ADMIN, "requests/" + Ids.RESEARCH + "/" + Ids.request(2));
        assertThat(screen()).contains("Approved by scientist for owner");
    }

    @Test
    void whoStandsInFindsTheScreenAndTheirInbox() {
        open(Persona.SCIENTIST, "");
        assertThat(links()).doesNotContain("Approvals");
        given(Persona.OWNER, "scientist");
        open(Persona.SCIENTIST, "");
        eventually(() -> links().stream().anyMatch(link -> link.startsWith("Approvals")));
        assertThat(screen()).contains("scientist-3 still waits for pretrain-s", "· for Otto Weber");
    }

    @Test
    void aMemberWhoStandsInForNobodyIsOfferedNothing() {
        open(Persona.SCIENTIST, "approvals?do=delegate");
        assertThat(page()).doesNotContain("Delegate approvals", "Delegations");
    }
}
