package dev.penstock.ui.newslice;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.contract.platform.WorkspaceKind;
import dev.penstock.contract.platform.WorkspaceView;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NewSliceViewTest extends ScreenTest {

    private void fill(String name, String purpose) {
        test(find(TextField.class).withLabel("Name").single()).setValue(name);
        test(find(TextArea.class).withLabel("Why you need it").single()).setValue(purpose);
    }

    private SliceRequestView asked(String name) {
        return services.requests.values().stream().filter(request -> request.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void theCheapestFreePartOfOnesOwnIsProposedWithWhatItWillUseAndWhoMustAgree() {
        open(Persona.SCIENTIST, "new-slice");

        assertThat(screen())
                .contains("GPU-hours at most 1.14", "Free now 6 of 14", "Share 1/7 GPU")
                .contains("Approved at once", "Nobody has to be asked")
                .contains("research-vision, slices of h100-80.1g.10gb 1 of 4");
        assertThat(buttons()).contains("Get the slice");
    }

    @Test
    void aPartCanBeAskedForFromADayOn() {
        open(Persona.SCIENTIST, "new-slice");
        LocalDate day = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC).plusDays(7);
        test(find(DatePicker.class).single()).setValue(day);

        assertThat(screen()).contains("there is room. Others do without then, so an administrator has to agree.");
        fill("training-week", "One week of training");
        click("Ask for approval");
        assertThat(asked("training-week").startsAt()).isEqualTo(day.atTime(9, 0).toInstant(ZoneOffset.UTC));
    }

    @Test
    void anIntentInTheAddressPicksTheProfile() {
        open(Persona.SCIENTIST, "new-slice?intent=own_memory&memory=30&hours=8");

        assertThat(screen()).contains("the cheapest with 30 GB or more that nobody else reaches", "GPU-hours at most 4.00", "1 of 4");
    }

    @Test
    void whoSharesWithTheirTeamIsToldThatMemoryIsNotIsolated() {
        open(Persona.SCIENTIST, "new-slice?intent=team&memory=16&hours=8");

        assertThat(screen())
                .contains("the cheapest with 16 GB or more, shared or not", "time-sliced 1/4 of NVIDIA H100 80 GB", "No memory isolation: one can use up the memory of all")
                .contains("GPU-hours at most 2.00", "Free now 5 for your tenant", "Share 1/4 GPU");
    }

    /** What is missing is said of devices that the fleet has, and nothing is said of others. */
    @Test
    void whatNoNodeOffersIsListedByNameWithTheReasonAndCannotBeChosen() {
        open(Persona.SCIENTIST, "new-slice");
        assertThat(screen()).doesNotContain("MPS 1/4").contains("2 more profiles are known that no node offers now.");

        open(Persona.SCIENTIST, "new-slice?intent=known");
        assertThat(screen()).contains("MPS 1/4", "No node of this device shares its GPUs by MPS among 4.").doesNotContain("A100");
        assertThat(find(Markup.class).withCondition(each -> "MPS 1/4 of NVIDIA H100 80 GB".equals(each.getElement().getAttribute("aria-label"))).all()).isEmpty();
    }

    @Test
    void aLongerLeaseNeedsApproval() {
        open(Persona.SCIENTIST, "new-slice");

        test(find(IntegerField.class).withLabel("Lease").single()).setValue(48);

        assertThat(screen()).contains("GPU-hours at most 6.86", "Needs approval", "Goes to owners of research and administrators.");
        assertThat(buttons()).contains("Ask for approval");
    }

    @Test
    void aLeaseBeyondPolicyCannotBeAskedFor() {
        open(Persona.SCIENTIST, "new-slice?hours=200");

        assertThat(screen()).contains("Not possible", "longer than the 168 h that policy allows");
        assertThat(find(NativeButton.class).withCondition(each -> !each.isEnabled()).all()).hasSize(1);
    }

    @Test
    void anApprovedSliceOpensAtOnce() {
        open(Persona.SCIENTIST, "new-slice");
        fill("notebook-b", "Trying the new embedding.");

        click("Get the slice");

        assertThat(asked("notebook-b").state()).isEqualTo(RequestState.APPROVED);
        assertThat(asked("notebook-b").leaseSeconds()).isEqualTo(8 * 3600);
        assertThat(screen()).contains("notebook-b", "Queued", "Approved by policy");
    }

    @Test
    void theFirstImageIsOfferedWithAVolumeAndBothAreAskedFor() {
        open(Persona.SCIENTIST, "new-slice?volume=40");
        assertThat(screen()).contains("Files in the home folder are kept over suspending and resuming, until the slice ends.");
        fill("notebook-c", "Trying the new image.");

        click("Get the slice");

        assertThat(asked("notebook-c").workspace()).isEqualTo(new WorkspaceView(
                "cuda-ssh", WorkspaceKind.SSH, "CUDA 13 by SSH", Objects.requireNonNull(services.workspaces.listed.get("cuda-ssh")).reference(), 40));
    }

    @Test
    void aPlainShellHasNoVolume() {
        open(Persona.SCIENTIST, "new-slice?image=shell");
        assertThat(screen()).contains("Reached with kubectl. Its files go when it stops.");
        assertThat(find(IntegerField.class).withCondition(each -> "Volume".equals(each.getLabel()) && each.isVisible()).all()).isEmpty();
        fill("shell-c", "Trying it.");

        click("Get the slice");

        assertThat(asked("shell-c").workspace()).isNull();
    }

    @Test
    void aRequestThatNeedsConsentOpensItsOwnPage() {
        open(Persona.SCIENTIST, "new-slice?intent=alone&hours=24");
        fill("whole-card", "Full fine-tuning.");

        click("Ask for approval");

        assertThat(asked("whole-card").state()).isEqualTo(RequestState.SUBMITTED);
        assertThat(screen()).contains("Request for whole-card", "Waits for approval");
    }

    @Test
    void whatIsMissingIsSaidUnderTheField() {
        open(Persona.SCIENTIST, "new-slice");
        fill("Notebook B", "");

        click("Get the slice");

        assertThat(find(TextField.class).withLabel("Name").single().getErrorMessage()).startsWith("Lower case letters");
        assertThat(find(TextArea.class).withLabel("Why you need it").single().getErrorMessage()).isEqualTo("Say in a sentence what it is for.");
        assertThat(services.requests).hasSize(3);
    }

    @Test
    void aNameInUseIsRefusedAndNothingTypedIsLost() {
        open(Persona.SCIENTIST, "new-slice");
        fill("train-lora", "Again.");

        click("Get the slice");

        assertThat(screen()).contains("The name is in use.", "A live slice of the project is called train-lora.", "ref 4e81-c07a");
        assertThat(find(TextArea.class).withLabel("Why you need it").single().getValue()).isEqualTo("Again.");
    }

    @Test
    void aChangeOfTheFleetUpdatesWhatIsFreeButNotWhatIsTyped() {
        open(Persona.SCIENTIST, "new-slice");
        fill("half-typed", "");
        services.profiles.removeIf(profile -> profile.id().endsWith("1g.10gb"));

        told(change("fleet", "gpu-01"));

        eventually(() -> screen().contains("Free now 2 of 6"));
        assertThat(find(TextField.class).withLabel("Name").single().getValue()).isEqualTo("half-typed");
    }

    @Test
    void pickingAProfileByHandKeepsIt() {
        open(Persona.SCIENTIST, "new-slice");

        choose("3g.40gb of NVIDIA H100 80 GB");
        roundTrip();

        assertThat(screen()).contains("what you picked", "Share 1/2 GPU");
    }

    @Test
    void whoIsMemberOfNoProjectIsToldWhomToAsk() {
        open(Persona.STRANGER, "new-slice");

        assertThat(screen()).contains("You are not a member of a project yet", "Ask an owner of your tenant");
    }

    @Test
    void anOwnerOfTwoProjectsChoosesOne() {
        open(Persona.OWNER, "new-slice?project=" + Ids.LANGUAGE);
        fill("lang-notebook", "Tokens.");

        click("Get the slice");

        assertThat(asked("lang-notebook").project()).isEqualTo(Ids.LANGUAGE);
    }
}
