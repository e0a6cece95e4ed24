package dev.penstock.ui.slice;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.platform.SliceDetail;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.SliceView;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SlicesViewTest extends ScreenTest {

    @Test
    void liveOnesAreShownWithTheReasonTheyStandWhereTheyStand() {
        open(Persona.SCIENTIST, "slices");

        assertThat(screen())
                .contains("Ending notebook-a", "Starting eval-batch", "pulling the workspace image")
                .contains("Wait for approval 1", "eval-h100")
                .doesNotContain("notebook-old", "ablation-3");
    }

    @Test
    void endedOnesHaveAnAddress() {
        open(Persona.SCIENTIST, "slices?show=ended");

        assertThat(screen()).contains("Expired notebook-old", "Failed ablation-3").doesNotContain("train-lora", "Wait for approval");
    }

    @Test
    void searchingNarrowsTheListAndIsKeptInTheAddress() {
        open(Persona.SCIENTIST, "slices?q=lora");

        assertThat(screen()).contains("train-lora").doesNotContain("notebook-a");
        assertThat(find(TextField.class).withAriaLabel("Find a slice").single().getValue()).isEqualTo("lora");
    }

    @Test
    void aSearchWithoutResultLeadsBackToAll() {
        open(Persona.SCIENTIST, "slices?q=nothing-like-it");

        assertThat(screen()).contains("Nothing here matches");
        follow("Show all");
        assertThat(screen()).contains("notebook-a", "notebook-old");
    }

    @Test
    void whereNothingIsHeldTheFirstStepIsOffered() {
        services.slices.clear();
        services.requests.clear();
        open(Persona.SCIENTIST, "slices");

        assertThat(screen()).contains("No slices yet");
        assertThat(address("New slice")).isEqualTo("new-slice?project=" + Ids.VISION);
    }

    @Test
    void whatIsReservedIsListedInTheOrderInWhichItBegins() {
        SliceDetail queued = services.slices.get(Ids.slice(3));
        Instant start = Instant.now().plus(Duration.ofDays(3));
        services.slices.put(Ids.slice(3), reserved(queued, Ids.slice(3), "tokenizer", start));
        services.slices.put(Ids.slice(44), reserved(queued, Ids.slice(44), "week-of-training", start.minus(Duration.ofDays(1))));
        open(Persona.SCIENTIST, "slices");

        assertThat(screen()).containsSubsequence("Reservations to come", "Begins in", "week-of-training", "tokenizer").containsOnlyOnce("tokenizer");
    }

    private static SliceDetail reserved(SliceDetail was, SliceId id, String name, Instant start) {
        SliceView slice = was.slice();
        var view = new SliceView(
                id, slice.tenant(), slice.tenantName(), slice.project(), slice.projectName(), slice.request(), name, slice.profile(), SliceState.QUEUED,
                "It is reserved, and comes up at its start.", 1, null, slice.holder(), slice.createdAt(), null, slice.leaseSeconds(), start.plusSeconds(slice.leaseSeconds()),
                null, slice.gpuTime(), true, null, null, null, null, start);
        return new SliceDetail(view, was.timeline(), was.namespace(), was.connect(), was.longestLeaseSeconds(), was.setAside());
    }

    @Test
    void aSliceOfAnotherTenantIsNotListed() {
        open(Persona.SCIENTIST, "slices?show=all");

        assertThat(screen()).doesNotContain("score-q4");
    }

    @Test
    void aSliceThatBecomesReadyShowsItWithoutReloading() {
        open(Persona.SCIENTIST, "slices");

        services.moved(Ids.slice(3), SliceState.READY, "Workspace answers");
        told(change("slice", Ids.slice(3)));

        eventually(() -> screen().contains("Ready eval-batch"));
    }
}
