package dev.penstock.ui.slice;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.textfield.TextArea;
import dev.penstock.contract.platform.IdlenessView;
import dev.penstock.contract.platform.QueuePlace;
import dev.penstock.contract.platform.SliceDetail;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.SliceView;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import dev.penstock.ui.fakes.Showcase;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OneSliceViewTest extends ScreenTest {

    private static String slice(int number) {
        return "slices/" + Ids.RESEARCH + "/" + Ids.slice(number);
    }

    @Test
    void theTimelineTellsWhatHappenedAndHowLongItTook() {
        open(Persona.SCIENTIST, slice(1));

        assertThat(screen())
                .contains("Approved by policy: within what research may hold at once")
                .contains("h100-80.1g.10gb set aside for the whole lease", "+0.4 s")
                .contains("Workspace answers; the lease runs", "+1 min")
                .contains("ready in 1 min")
                .contains("kubectl exec -it -n penstock-");
    }

    @Test
    void whatComesNextIsShownWhileItIsOnItsWay() {
        open(Persona.SCIENTIST, slice(3));

        assertThat(screen()).contains("Ready; the lease begins", "pulling the workspace image").contains("The command stands here while");
        assertThat(links()).contains("Release").doesNotContain("Extend");
    }

    @Test
    void whoWaitsSeesTheirPlaceAndAnEstimateAndNobodyElse() {
        open(Persona.SCIENTIST, slice(4));

        assertThat(screen()).contains("Place in the queue 3 of 12", "beyond what your team is guaranteed", "Part expected in 3 h 10 min", "an estimate: if leases end as agreed");
        waitsAt(new QueuePlace(1, 12, true, null, null));
        open(Persona.SCIENTIST, slice(4));
        assertThat(screen()).contains("Place in the queue 1 of 12", "within what your team is guaranteed", "Part expected –", "nobody can say");
    }

    @Test
    void whoWaitsInKueuesQueueReadsItsWordsAndItsPlaceThere() {
        SliceDetail before = Objects.requireNonNull(services.slices.get(Ids.slice(3)));
        services.slices.put(Ids.slice(3), Showcase.waitingInKueue(before));
        open(Persona.SCIENTIST, slice(3));
        assertThat(screen())
                .contains("Place in Kueue's queue 3 of 12", "of ClusterQueue gpus, which others on the cluster use as well")
                .contains("Waits in Kueue's queue gpus: couldn't assign flavors to pod set main: insufficient unused quota", "What it will use is counted only once it is ready.")
                .contains("Brought up 0 times")
                .doesNotContain("Part expected", "guaranteed");
        open(Persona.SCIENTIST, "slices");
        assertThat(screen()).contains("In Kueue's queue, 3 of 12");
    }

    @Test
    void whoIsAskedBackSeesUntilWhenAndWhatIsLost() {
        open(Persona.ADMIN, "slices/" + Ids.RISK + "/" + Ids.slice(5));

        assertThat(screen()).contains("Asked back", "Stops in 9 min", "Its part is borrowed and is asked back", "what is not on a volume is lost when it stops");
    }

    @Test
    void whoHasToLeaveItsNodeReadsUntilWhen() {
        leaves();
        open(Persona.SCIENTIST, slice(1));
        assertThat(screen()).contains("An administrator has node gpu-02 emptied. It is stopped and brought up elsewhere at 22 Nov 13:00 UTC");
        open(Persona.SCIENTIST, "slices");
        assertThat(screen()).contains("gpu-02 · An administrator has node gpu-02 emptied.");
        open(Persona.SCIENTIST, "");
        assertThat(screen()).contains("Slice notebook-a runs and needs a look An administrator has node gpu-02 emptied.", "Slice notebook-a ends in");
    }

    @Test
    void aFailureSaysWhyAndWhatWasKept() {
        open(Persona.SCIENTIST, slice(7));

        assertThat(screen())
                .contains("It failed: the workspace image could not be pulled: not found", "What was set aside is given back")
                .contains("The workspace is gone.");
        assertThat(links()).doesNotContain("Release", "Extend");
    }

    @Test
    void extendingSetsTheWholeLease() {
        open(Persona.SCIENTIST, slice(1) + "?do=extend");
        assertThat(page()).contains("Extend notebook-a", "Whole lease 22 h");

        click("Extend");

        assertThat(Objects.requireNonNull(services.slices.get(Ids.slice(1))).slice().leaseSeconds()).isEqualTo(22 * 3600);
        assertThat(screen()).contains("Lease 22 h");
        assertThat(page()).contains("Slice notebook-a runs until");
    }

    @Test
    void aLeaseThatPolicyRefusesKeepsTheDialogOpenWithTheReason() {
        var long_ = Objects.requireNonNull(services.slices.get(Ids.slice(1)));
        services.slices.put(Ids.slice(1), new SliceDetail(long_.slice(), long_.timeline(), long_.namespace(), long_.connect(), 15 * 3600, long_.setAside()));
        open(Persona.SCIENTIST, slice(1) + "?do=extend");

        click("Extend");

        assertThat(page()).contains("The lease is longer than the tenant's policy allows.", "allows leases up to 15 h", "ref 7d20-b8e3");
        assertThat(Objects.requireNonNull(services.slices.get(Ids.slice(1))).slice().leaseSeconds()).isEqualTo(14 * 3600);
    }

    @Test
    void releasingNamesWhatIsLostAndThenShowsItStopping() {
        open(Persona.SCIENTIST, slice(2) + "?do=release");
        assertThat(page()).contains("Release train-lora?", "Its volume and all files go with it", "h100-80.3g.40gb");

        click("Release train-lora");

        assertThat(Objects.requireNonNull(services.slices.get(Ids.slice(2))).slice().state()).isEqualTo(SliceState.DRAINING);
        assertThat(screen()).contains("Stopping");
    }

    @Test
    void suspendingSaysWhatItMeansAndThenShowsWhatItBecomes() {
        open(Persona.SCIENTIST, slice(2) + "?do=suspend");
        assertThat(page()).contains("Suspend train-lora?", "What is not on a volume is lost", "stands still until it is resumed", "ends when it would have ended");

        click("Suspend train-lora");

        assertThat(Objects.requireNonNull(services.slices.get(Ids.slice(2))).slice().becomes()).isEqualTo(SliceState.SUSPENDED);
        assertThat(screen()).contains("Being suspended", "Suspended by scientist.");
        assertThat(links()).contains("Resume", "Extend", "Release").doesNotContain("Suspend", "Keep");
    }

    @Test
    void aSuspendedOneIsResumed() {
        open(Persona.SCIENTIST, slice(8));
        assertThat(screen()).contains("No GPU time runs. Quota stays set aside, and the lease goes on.", "Brought up 1 time");
        assertThat(links()).contains("Resume", "Extend", "Release").doesNotContain("Suspend");

        open(Persona.SCIENTIST, slice(8) + "?do=resume");
        assertThat(page()).contains("Resume label-tool?", "a free h100-80.1g.10gb", "is set aside already");
        click("Resume label-tool");

        assertThat(Objects.requireNonNull(services.slices.get(Ids.slice(8))).slice().state()).isEqualTo(SliceState.QUEUED);
        assertThat(screen()).contains("Queued");
    }

    @Test
    void anIdleOneSaysWhenItIsSuspendedAndIsKept() {
        open(Persona.SCIENTIST, slice(2));
        assertThat(screen()).contains("Ready, idle", "No GPU activity for 2 h 45 min", "It is suspended in 1 h 15 min", "GPU activity none for 2 h 45 min");

        open(Persona.SCIENTIST, slice(2) + "?do=keep");
        assertThat(page()).contains("Keep train-lora?");
        click("Keep train-lora");

        assertThat(screen()).doesNotContain("It is suspended in").contains("GPU activity active when last looked at");
        assertThat(links()).doesNotContain("Keep");
    }

    @Test
    void oneThatWasSuspendedForItSaysWhenItIsReleased() {
        open(Persona.SCIENTIST, slice(8));

        assertThat(screen()).contains("No GPU activity for 4 h.", "It is released in 10 h", "unless somebody resumes it");

        var known = Objects.requireNonNull(services.activity.get(Ids.slice(8)));
        services.activity.put(Ids.slice(8), new IdlenessView.Known(
                known.tenant(), known.slice(), known.seenAt(), known.idleSince(), known.warnedAt(), null, known.seenAt().plusSeconds(16 * 3600)));
        open(Persona.SCIENTIST, slice(8));
        assertThat(screen()).as("the lease ends before").doesNotContain("It is released in");
    }

    @Test
    void ofWhomNothingIsKnownSaysWhy() {
        services.activity.clear();
        open(Persona.SCIENTIST, slice(2));
        assertThat(screen()).contains("GPU activity unknown: no metric of its pod was found");

        services.activityMissing = "Prometheus is away.";
        open(Persona.SCIENTIST, slice(2));
        assertThat(screen()).contains("GPU activity unknown: Prometheus is away.");
    }

    @Test
    void whatCannotBeSuspendedIsNotOfferedAndHasNoDialog() {
        open(Persona.SCIENTIST, slice(3) + "?do=suspend");

        assertThat(page()).doesNotContain("Suspend eval-batch?");
        assertThat(links()).doesNotContain("Suspend", "Resume");
    }

    @Test
    void whatOfTheLeaseIsNotUsedComesBackAndHowMuchIsSaid() {
        open(Persona.SCIENTIST, slice(1));
        assertThat(screen()).contains("of 2.00 set aside; what is not used comes back");

        open(Persona.SCIENTIST, slice(6));
        assertThat(screen()).contains("given back");
    }

    @Test
    void keepingItChangesNothing() {
        open(Persona.SCIENTIST, slice(2) + "?do=release");

        click("Keep it");

        assertThat(Objects.requireNonNull(services.slices.get(Ids.slice(2))).slice().state()).isEqualTo(SliceState.READY);
    }

    @Test
    void aNameThatIsNoIdIsNothing() {
        open(Persona.SCIENTIST, "slices/" + Ids.RESEARCH + "/drop-table");

        assertThat(screen()).contains("There is no such thing", "“drop-table” is no id.");
    }

    @Test
    void aChangeOfAnotherSliceLeavesThePageAlone() {
        open(Persona.SCIENTIST, slice(3));
        services.moved(Ids.slice(3), SliceState.READY, "Workspace answers");

        told(change("slice", Ids.slice(1)));
        told(change("slice", Ids.slice(3)));

        eventually(() -> screen().contains("Workspace answers"));
    }

    private void leaves() {
        SliceDetail before = Objects.requireNonNull(services.slices.get(Ids.slice(1)));
        SliceView view = before.slice();
        var after = new SliceView(
                view.id(), view.tenant(), view.tenantName(), view.project(), view.projectName(), view.request(), view.name(), view.profile(), view.state(),
                "An administrator has node gpu-02 emptied. It is stopped and brought up elsewhere at 22 Nov 13:00 UTC; save what is not on a volume.", view.phase(), view.node(),
                view.holder(), view.createdAt(), view.readyAt(), view.leaseSeconds(), view.leaseEndsAt(), view.endedAt(), view.gpuTime(), view.mayChange(), view.endpoint(),
                view.becomes(), view.queue(), view.givesBackAt(), view.startsAt());
        services.slices.put(Ids.slice(1), new SliceDetail(
                after, before.timeline(), before.namespace(), before.connect(), before.longestLeaseSeconds(), before.setAside()));
    }

    @Test
    void aNotebookIsOpenedWithATicket() {
        open(Persona.SCIENTIST, "slices/" + Ids.RESEARCH + "/" + Ids.slice(2));
        assertThat(screen()).contains("Open JupyterLab", "Runs PyTorch 2.9 with JupyterLab", "Volume 50 GiB, kept until the slice ends").doesNotContain("kubectl");

        click("Open JupyterLab");

        assertThat(services.workspaces.opened).containsExactly(Ids.slice(2));
    }

    @Test
    void whoMayNotGoInIsNotOfferedTo() {
        services.workspaces.runs(2, "pytorch-lab", false);
        open(Persona.ADMIN, "slices/" + Ids.RESEARCH + "/" + Ids.slice(2));

        assertThat(screen()).contains("Only members of the project go into its workspaces.");
        assertThat(buttons()).doesNotContain("Open JupyterLab");
    }

    @Test
    void aSuspendedWorkspaceSaysThatItsFilesAreKept() {
        open(Persona.SCIENTIST, "slices/" + Ids.RESEARCH + "/" + Ids.slice(8));

        assertThat(screen()).contains("It can be opened again once it is resumed; its files are kept.");
    }

    @Test
    void aKeyIsSignedForAWorkspaceThatIsReachedBySsh() {
        services.workspaces.runs(2, "cuda-ssh", true);
        open(Persona.SCIENTIST, "slices/" + Ids.RESEARCH + "/" + Ids.slice(2));

        click("Sign for an hour");
        assertThat(screen()).contains("the line of an Ed25519 key");

        test(find(TextArea.class).withLabel("Your public key").single()).setValue("ssh-ed25519 AAAA ada");
        click("Sign for an hour");
        assertThat(screen()).contains("~/.ssh/id_ed25519-cert.pub", "ssh-ed25519-cert-v01@openssh.com AAAAIHNz");
    }

    private void waitsAt(QueuePlace place) {
        SliceDetail before = Objects.requireNonNull(services.slices.get(Ids.slice(4)));
        SliceView view = before.slice();
        var after = new SliceView(
                view.id(), view.tenant(), view.tenantName(), view.project(), view.projectName(), view.request(), view.name(), view.profile(), view.state(),
                view.reason(), view.phase(), view.node(), view.holder(), view.createdAt(), view.readyAt(), view.leaseSeconds(), view.leaseEndsAt(), view.endedAt(),
                view.gpuTime(), view.mayChange(), view.endpoint(), view.becomes(), place, view.givesBackAt(), view.startsAt());
        services.slices.put(Ids.slice(4), new SliceDetail(
                after, before.timeline(), before.namespace(), before.connect(), before.longestLeaseSeconds(), before.setAside()));
    }
}
