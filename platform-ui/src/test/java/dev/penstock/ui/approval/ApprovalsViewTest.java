package dev.penstock.ui.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.TextArea;
import dev.penstock.contract.platform.Decision;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import dev.penstock.ui.fakes.Showcase;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ApprovalsViewTest extends ScreenTest {

    private SliceRequestView request(int number) {
        return Objects.requireNonNull(services.requests.get(Ids.request(number)));
    }

    @Test
    void theFactsToDecideAreOnOneScreen() {
        open(Persona.ADMIN, "approvals?request=" + Ids.request(2));

        assertThat(screen())
                .contains("“Small pre-training run for the tokenizer paper.”", "scientist-3", "research-language of research")
                .contains("GPU time: 72 GPU-hours, approved at once up to 4")
                .contains("research-language, GPU-hours this month 437 of 900")
                .contains("Free now 3 of 4", "Lapses in 2 d 23 h");
    }

    @Test
    void approvingDecidesAndMovesOnToTheNext() {
        open(Persona.ADMIN, "approvals");

        click("Approve");

        assertThat(request(1).state()).isEqualTo(RequestState.APPROVED);
        assertThat(request(1).decidedBy()).isEqualTo("admin");
        assertThat(screen()).contains("Waiting 2", "pretrain-s").doesNotContain("eval-h100");
        assertThat(page()).contains("The request for eval-h100 is approved.");
    }

    @Test
    void rejectingNeedsAReason() {
        open(Persona.ADMIN, "approvals");
        click("Reject");

        click("Reject");

        assertThat(find(TextArea.class).withLabel("Reason").single().getErrorMessage()).isEqualTo("Say why, in a sentence.");
        assertThat(request(1).state()).isEqualTo(RequestState.SUBMITTED);
    }

    @Test
    void theReasonOfARejectionIsKept() {
        open(Persona.ADMIN, "approvals");
        click("Reject");
        test(find(TextArea.class).withLabel("Reason").single()).setValue("Use the shared endpoint.");

        click("Reject");

        assertThat(request(1).state()).isEqualTo(RequestState.REJECTED);
        assertThat(request(1).decisionReason()).isEqualTo("Use the shared endpoint.");
    }

    @Test
    void manyAreApprovedAtOnceAndOneThatIsRefusedDoesNotStopTheOthers() {
        open(Persona.ADMIN, "approvals");
        choose("Choose eval-h100");
        choose("Choose score-replay");
        services.requests().approve(Ids.RISK, Ids.request(3), new Decision(null)); // by a colleague, a moment earlier
        roundTrip();

        test(find(NativeButton.class).withClassName("small").withCondition(each -> each.getElement().getTextRecursively().equals("Approve")).single()).click();

        assertThat(request(1).state()).isEqualTo(RequestState.APPROVED);
        assertThat(page()).contains("1 request approved.", "That is not possible in the present state.");
    }

    @Test
    void whoMayNotDecideSeesNoButtons() {
        open(Persona.SCIENTIST, "approvals");

        assertThat(buttons()).doesNotContain("Approve", "Reject");
    }

    @Test
    void aNewRequestAppearsOnTheOpenPage() {
        services.requests.remove(Ids.request(1));
        open(Persona.ADMIN, "approvals");
        assertThat(screen()).doesNotContain("eval-h100");

        services.clear();
        Showcase.fill(services, scenario.instant());
        told(change("slice-request", Ids.request(1)));

        eventually(() -> screen().contains("eval-h100"));
    }

    @Test
    void whatIsBeingPressedStaysWhenAnotherRequestComesIn() {
        SliceRequestView late = Objects.requireNonNull(services.requests.remove(Ids.request(3)));
        open(Persona.ADMIN, "approvals");
        NativeButton approve = button("Approve");
        Markup box = box("Choose eval-h100");

        services.requests.put(late.id(), late);
        told(change("slice-request", late.id()));
        eventually(() -> screen().contains("score-replay"));

        assertThat(approve.isAttached()).isTrue();
        assertThat(box.isAttached()).isTrue();
        test(approve).click();
        assertThat(request(1).state()).isEqualTo(RequestState.APPROVED);
    }

    @Test
    void choosingTheRequestThatIsOpenLeavesItsButtonsWhereTheyAre() {
        open(Persona.ADMIN, "approvals");
        NativeButton approve = button("Approve");

        follow("eval-h100");

        assertThat(approve.isAttached()).isTrue();
        test(approve).click();
        assertThat(request(1).state()).isEqualTo(RequestState.APPROVED);
    }

    @Test
    void anotherRequestThatIsChosenTakesThePlaceOfTheFirst() {
        open(Persona.ADMIN, "approvals");
        NativeButton approve = button("Approve");

        follow("pretrain-s");

        assertThat(approve.isAttached()).isFalse();
        click("Approve");
        assertThat(request(2).state()).isEqualTo(RequestState.APPROVED);
        assertThat(request(1).state()).isEqualTo(RequestState.SUBMITTED);
    }

    @Test
    void whatIsTickedStaysTickedAndCanBeTakenBack() {
        open(Persona.ADMIN, "approvals");
        choose("Choose eval-h100");
        assertThat(screen()).contains("1 request chosen");
        choose("Choose eval-h100");
        assertThat(screen()).doesNotContain("chosen");
    }

    private NativeButton button(String words) {
        return find(NativeButton.class).withCondition(each -> each.getElement().getTextRecursively().equals(words)).all().getLast();
    }

    private Markup box(String label) {
        return find(Markup.class).withCondition(each -> label.equals(each.getElement().getAttribute("aria-label"))).single();
    }

    @Test
    void whatWasDecidedStandsUnderItsOwnAddress() {
        open(Persona.ADMIN, "approvals");
        click("Approve");

        open(Persona.ADMIN, "approvals?show=decided");

        assertThat(screen()).contains("Approved eval-h100", "Decided by admin");
    }

    @Test
    void aRequestForAnEndpointSaysWhatItWillServe() {
        SliceRequestView was = Objects.requireNonNull(services.requests.get(Ids.request(2)));
        services.requests.put(was.id(), new SliceRequestView(
                was.id(), was.tenant(), was.tenantName(), was.project(), was.projectName(), was.name(), was.profile(), was.leaseSeconds(), was.purpose(),
                was.gpuTime(), was.state(), was.checks(), was.requestedBy(), was.requestedAt(), null, null, null, null, was.lapsesAt(), true, false,
                Ids.endpoint(7), "qwen2.5-32b-instruct", null, null, null, null, null));

        open(Persona.ADMIN, "approvals?request=" + was.id());

        assertThat(screen()).contains("endpoint for qwen2.5-32b-instruct · h200-141.whole", "Becomes an endpoint that serves qwen2.5-32b-instruct");
    }
}
