package dev.penstock.ui.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.checkbox.Checkbox;
import dev.penstock.contract.OrderId;
import dev.penstock.contract.platform.FleetUse;
import dev.penstock.contract.platform.NodeGoal;
import dev.penstock.contract.platform.NodeOrderState;
import dev.penstock.contract.platform.NodeOrderView;
import dev.penstock.contract.platform.NodeView;
import dev.penstock.contract.platform.RepackConsent;
import dev.penstock.contract.platform.RepackView;
import dev.penstock.ui.fakes.FleetShowcase;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FleetScreenTest extends ScreenTest {

    @Test
    void everyNodeIsDrawnWithItsGpusAndWhoHoldsThem() {
        open(Persona.ADMIN, "fleet");

        assertThat(screen())
                .contains("Fleet 4 nodes, 8 GPUs", "Compute slots held, of 42 in service 26 61 %", "Free 13 whole GPUs: 0", "Stranded 3 of no partition", "Out of service 14 gpu-04", "Waiting 1 slice in the queue")
                .contains("gpu-01 In service 2 × NVIDIA H100 80 GB, simulated 9 held, 4 free, 1 stranded")
                .contains("GPU 0 7 parts notebook-a 1g notebook-a 1g score-replay 1g free 1g")
                .contains("gpu-04 Not ready 2 × NVIDIA H200 141 GB, simulated 14 out of service", "GPU 0 whole out of service");
    }

    @Test
    void whatFitsIsToldByDeviceAndTheProposalByWhomItMayStop() {
        open(Persona.ADMIN, "fleet");
        assertThat(screen())
                .contains("What still fits NVIDIA H100 80 GB", "1g.10gb 8 8", "Each row is one possible cut")
                .contains("1 waits, and no cut that stops no more than that would serve it.");

        open(Persona.ADMIN, "fleet?stopping=5");
        assertThat(screen()).contains(
                "Wins 4g.40gb for eval-h100 of risk", "Stops notebook-a of research, goes to gpu-01", "Still waiting 0", "gpu-02, GPU 1", "was 7 × 1g.10gb", "Nothing is cut by looking.");
    }

    @Test
    void theLegendNamesWhatIsColoured() {
        open(Persona.ADMIN, "fleet");
        assertThat(screen()).contains("research risk starting free stranded");

        open(Persona.ADMIN, "fleet?by=project");
        assertThat(screen()).contains("research-language research-vision risk-scoring starting free stranded");
    }

    @Test
    void byUseEachPartitionSaysHowMuchItsGpuWorksAndWhatIsNotKnownIsNotNought() {
        open(Persona.ADMIN, "fleet?by=use");

        assertThat(screen())
                .contains("not known under 5 % 5 to 25 % 25 to 60 % 60 % and more starting free stranded share of the last 2 min that the GPU of a slice worked")
                .contains("notebook-a 0 %", "score-replay 41 %", "train-lora 93 %", "eval-batch ?");

        services.use = new FleetUse("Prometheus, which is asked for GPU activity, does not answer usably.", 120, List.of());
        open(Persona.ADMIN, "fleet?by=use");
        assertThat(screen()).contains("notebook-a ?", "Prometheus, which is asked for GPU activity, does not answer usably.").doesNotContain("notebook-a 0 %");
    }

    @Test
    void shadesBeginWhereTheLegendSays() {
        assertThat(UseBand.of(null)).isEqualTo(UseBand.UNKNOWN);
        assertThat(UseBand.of(0.0)).isEqualTo(UseBand.NONE);
        assertThat(UseBand.of(0.0499)).isEqualTo(UseBand.NONE);
        assertThat(UseBand.of(0.05)).isEqualTo(UseBand.LITTLE);
        assertThat(UseBand.of(0.25)).isEqualTo(UseBand.HALF);
        assertThat(UseBand.of(0.6)).isEqualTo(UseBand.MUCH);
    }

    @Test
    void anOrderOfANodeThatIsGoneIsShownAndCanBeCancelled() {
        Instant at = services.nodes.getFirst().observedAt();
        services.ordersOfGone.add(new NodeOrderView(
                new OrderId(new UUID(0, 8)), "gpu-99", NodeGoal.EMPTY, NodeOrderState.CLOSING, "ada", at, "a fan is loud", at, null, at, "The cluster has no node gpu-99 now.", 0, null));
        open(Persona.AUDITOR, "fleet");
        assertThat(screen()).contains("Orders of nodes that are gone", "gpu-99", "The cluster has no node gpu-99 now. Ordered by ada");
        assertThat(buttons()).doesNotContain("Cancel");

        services.nodes.clear();
        open(Persona.ADMIN, "fleet");
        click("Cancel");
        assertThat(services.ordersOfGone.getFirst().state()).isEqualTo(NodeOrderState.OPENING);
        assertThat(page()).contains("Cancelled; gpu-99 is left as it was found.");
    }

    @Test
    void whatFailedOfANodeThatIsGoneIsGivenUp() {
        Instant at = services.nodes.getFirst().observedAt();
        services.ordersOfGone.add(new NodeOrderView(
                new OrderId(new UUID(0, 9)), "gpu-99", NodeGoal.RECUT, NodeOrderState.FAILED, "ada", at, null, at, null, at, "It takes too long.", 0, null));
        open(Persona.ADMIN, "fleet?do=give-up&node=gpu-99");
        click("Give up");
        assertThat(services.ordersOfGone.getFirst().state()).isEqualTo(NodeOrderState.GIVEN_UP);
    }

    @Test
    void aDrainThatIsUnderWayCanBeCancelled() {
        open(Persona.ADMIN, "fleet?do=drain&node=gpu-02");
        click("Drain");
        click("Cancel");
        assertThat(Objects.requireNonNull(services.nodes.get(1).order()).state()).isEqualTo(NodeOrderState.OPENING);
        assertThat(page()).contains("Cancelled; gpu-02 is left as it was found.");
    }

    @Test
    void aNodeWhoseCutIsNotKnownSaysWhatItOffers() {
        NodeView known = services.nodes.getFirst();
        services.nodes.set(0, new NodeView(known.name(), "NVIDIA-L4", "NVIDIA-L4", true, false, true, known.resources(), List.of(), known.observedAt(), List.of(), null));
        open(Persona.ADMIN, "fleet");

        assertThat(screen()).contains("gpu-01 Cordoned NVIDIA-L4, simulated", "How its GPUs are cut is not known. It offers 7 × nvidia.com/mig-1g.10gb, 5 in use; 3 × nvidia.com/mig-2g.20gb, 2 in use.");
    }

    @Test
    void aNodeThatSharesItsGpusSaysWithWhom() {
        NodeView known = services.nodes.getFirst();
        services.nodes.set(0, new NodeView(
                known.name(), known.product(), known.device(), true, true, true, List.of(new NodeView.Resource("nvidia.com/gpu.shared", 8, 3)), List.of(), known.observedAt(), List.of(), null));
        open(Persona.ADMIN, "fleet");

        assertThat(screen()).contains("Several slices use a GPU of it, all of one tenant at a time. It offers 8 × nvidia.com/gpu.shared, 3 in use.");
    }

    @Test
    void aNodeThatHamiSharesSaysHowMuchOfACardOneIs() {
        NodeView known = services.nodes.getFirst();
        services.nodes.set(0, new NodeView(
                known.name(), known.product(), known.device(), true, true, true, List.of(new NodeView.Resource("nvidia.com/gpu(gpumem=20389,gpucores=25)", 8, 3)), List.of(),
                known.observedAt(), List.of(), null));
        open(Persona.ADMIN, "fleet");

        assertThat(screen()).contains("Several slices use a GPU of it, all of one tenant at a time. It offers 8 × a share of a GPU by HAMi (20389 MiB, 25 % of its compute), 3 in use.");
    }

    @Test
    void aNodeWhoseDevicesAreClaimedShowsEachWithWhoHoldsIt() {
        services.nodes.add(FleetShowcase.claimed("gpu-05", services.nodes.getFirst().observedAt()));
        open(Persona.ADMIN, "fleet");

        assertThat(screen()).contains("gpu-05 In service", "Device Is Held by gpu-0 GPU free gpu-1-mig-0 1g.10gb notebook-a", "gpu-1-mig-1 1g.10gb a claim that is not Penstock's");
    }

    @Test
    void whatTheClusterCanDoIsToldWithWhatIsMissing() {
        open(Persona.ADMIN, "fleet");

        assertThat(screen()).contains("MIG partitions On 3 of 3 nodes in service. yes", "MPS No node is labelled nvidia.com/gpu.sharing-strategy=mps", "device plugin's configuration. no");
    }

    @Test
    void anEmptyFleetSaysWhatWouldBeHere() {
        services.nodes.clear();
        open(Persona.ADMIN, "fleet");

        assertThat(screen()).contains("No GPU nodes seen", "nvidia.com/gpu.product");
    }

    @Test
    void drainingNamesEveryoneOnTheNodeAndShowsHowFarItIs() {
        open(Persona.ADMIN, "fleet?do=drain&node=gpu-02");
        assertThat(page()).contains("Drain gpu-02", "Stopped train-lora of research, notebook-a of research", "takes no new pods until it is uncordoned", "whoever is still coming up there is moved at once");

        click("Drain");

        NodeOrderView order = Objects.requireNonNull(services.nodes.get(1).order());
        assertThat(order.goal()).isEqualTo(NodeGoal.EMPTY);
        assertThat(Duration.between(order.orderedAt(), order.emptyAt())).isEqualTo(Duration.ofMinutes(10));
        assertThat(screen()).contains("Cordon Empty Ordered by ");
        assertThat(address("Uncordon")).contains("do=uncordon").contains("node=gpu-02");
    }

    /** Who clicks again because the answer was lost orders the same once more, and nothing else. */
    @Test
    void whatIsOrderedAgainInADialogIsTheSameOrder() {
        services.answersLost = 1;
        open(Persona.ADMIN, "fleet?do=drain&node=gpu-02");
        click("Drain");
        OrderId first = Objects.requireNonNull(services.nodes.get(1).order()).id();

        click("Drain");

        assertThat(Objects.requireNonNull(services.nodes.get(1).order()).id()).isEqualTo(first);
    }

    @Test
    void cordoningSaysWhoStays() {
        open(Persona.ADMIN, "fleet?do=cordon&node=gpu-03");
        assertThat(page()).contains("Cordon gpu-03", "Stay as they are score-replay of risk, notebook-a of research, train-lora of research");

        click("Cordon");

        assertThat(Objects.requireNonNull(services.nodes.get(2).order()).goal()).isEqualTo(NodeGoal.CLOSE);
    }

    @Test
    void consentIsToWhatIsShownAndNamesEveryoneWhoIsStopped() {
        open(Persona.ADMIN, "fleet?stopping=5&do=recut");
        assertThat(page()).contains("Cut gpu-02 anew", "Stopped notebook-a of research, on gpu-02", "Served eval-h100 of risk");
        assertThat(find(Checkbox.class).single().getLabel()).isEqualTo("Everyone named here is stopped");
        click("Cut anew");
        assertThat(services.consents).as("said so first").isEmpty();

        find(Checkbox.class).single().setValue(true);
        click("Cut anew");

        assertThat(services.consents).containsExactly(new RepackConsent(5, "of one cut", List.of("gpu-02"), List.of(Ids.slice(2)), 600, null));
        assertThat(screen()).contains("Cordon Empty Cut by the MIG manager Uncordon");
        click("Cancel");
        assertThat(Objects.requireNonNull(services.nodes.get(1).order()).state()).isEqualTo(NodeOrderState.OPENING);
    }

    @Test
    void aProposalThatIsOvertakenStaysInTheDialogWithWhatChanged() {
        open(Persona.ADMIN, "fleet?stopping=5&do=recut");
        RepackView shown = Objects.requireNonNull(services.repack.get(5));
        services.repack.put(5, new RepackView(shown.recuts(), shown.stopped(), shown.served(), shown.left(), shown.parts(), "of another one"));
        find(Checkbox.class).single().setValue(true);

        click("Cut anew");

        assertThat(page()).contains("gpu-03 would be cut too. Nothing was done");
        assertThat(services.consents).isEmpty();
    }

    @Test
    void whatFailedSaysSoAndIsTriedAgainOrGivenUp() {
        NodeView known = services.nodes.getFirst();
        Instant at = known.observedAt();
        services.nodes.set(0, new NodeView(
                known.name(), known.product(), known.device(), true, false, true, known.resources(), known.gpus(), at, known.holders(),
                new NodeOrderView(new OrderId(new UUID(0, 7)), known.name(), NodeGoal.RECUT, NodeOrderState.FAILED, "ada", at, "for a large one", at, null, at, "The MIG manager failed.", 0, null)));
        open(Persona.ADMIN, "fleet");
        assertThat(screen()).contains("gpu-01 Cordoned", "The MIG manager failed. Ordered by ada", "for “for a large one”");

        click("Try again");
        assertThat(Objects.requireNonNull(services.nodes.getFirst().order()).state()).isEqualTo(NodeOrderState.EMPTYING);
    }

    @Test
    void whoOnlyReadsIsOfferedNothing() {
        open(Persona.AUDITOR, "fleet?stopping=5&do=drain&node=gpu-02");
        assertThat(links()).doesNotContain("Drain", "Cordon", "Cut anew");
        assertThat(page()).doesNotContain("Drain gpu-02");
    }
}
