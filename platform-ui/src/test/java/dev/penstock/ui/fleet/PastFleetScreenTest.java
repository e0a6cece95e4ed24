package dev.penstock.ui.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.datetimepicker.DateTimePicker;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PastFleetScreenTest extends ScreenTest {

    @Test
    void theFleetIsShownAsItWasAndAsThePast() {
        open(Persona.AUDITOR, "fleet/past?at=" + daysAgo(4));

        assertThat(screen())
                .contains("Fleet as it was", "The past: ", "nothing can be done from here", "3 nodes, 6 GPUs drawn as they were cut.")
                .contains("gpu-01 Was in service 2 × NVIDIA H100 80 GB, simulated seen so from")
                .contains("gpu-02 Was in service", "GPU 0 7 parts 1g 1g 1g 1g 1g 1g 1g")
                .doesNotContain("gpu-04 Was", "notebook-a", "free");
        assertThat(links()).doesNotContain("Drain", "Cordon", "Uncordon", "Cut anew");
    }

    @Test
    void aDayAgoUnlessTheAddressSaysOtherwise() {
        open(Persona.ADMIN, "fleet/past");

        assertThat(screen()).contains("4 nodes, 8 GPUs", "gpu-04 Was not ready");
    }

    @Test
    void whenNobodyLookedItSaysSoAndLeadsToWhatIsKnown() {
        open(Persona.ADMIN, "fleet/past?at=" + scenario.instant().minus(Duration.ofDays(3)).minus(Duration.ofHours(1)));

        assertThat(screen()).contains("Nobody looked at the cluster then", "Not known Nobody looked between").doesNotContain("gpu-01 Was");
        assertThat(address("As first seen after")).contains("at=");
        assertThat(address("As last seen before")).contains("at=");

        open(Persona.ADMIN, "fleet/past?at=" + daysAgo(60));
        assertThat(screen()).contains("What is remembered of the fleet begins on");
    }

    @Test
    void whatChangedIsListedWithWhatDiffersAndWhatNobodySaw() {
        open(Persona.AUDITOR, "fleet/past?at=" + daysAgo(1));

        assertThat(screen())
                .contains("Changes 2 changes", "at any time since", "gpu-02 Changed nvidia.com/mig-1g.10gb 14 → 7; nvidia.com/mig-3g.40gb none → 2")
                .contains("gpu-04 Appeared", "Not looked at, so not known: ");

        open(Persona.AUDITOR, "fleet/past?node=gpu-04&at=" + daysAgo(1));
        assertThat(screen()).contains("Changes 1 change", "Node gpu-04").doesNotContain("gpu-02 Changed");

        open(Persona.AUDITOR, "fleet/past?from=2020-01-01&to=2020-01-02");
        assertThat(screen()).contains("Changes 0 changes", "Nothing of the fleet was seen to change on these days.");
    }

    @Test
    void aTimeThatIsNoneOrToComeIsATimeThatHasPassed() {
        open(Persona.ADMIN, "fleet/past?at=yesterday&from=2026-13-01");
        assertThat(screen()).contains("4 nodes, 8 GPUs");

        open(Persona.ADMIN, "fleet/past?at=2999-01-01T00:00:00Z");
        assertThat(screen()).contains("4 nodes, 8 GPUs");
        assertThat(links()).contains("A day earlier", "An hour earlier").doesNotContain("An hour later", "A day later");
        assertThat(find(DateTimePicker.class).single().getValue()).isBefore("2999-01-01T00:00:00");
    }

    @Test
    void theFleetLeadsToItsPastAndBack() {
        open(Persona.ADMIN, "fleet");
        assertThat(address("As it was")).contains("fleet/past");

        open(Persona.ADMIN, "fleet/past");
        assertThat(address("The fleet now")).endsWith("fleet");
    }

    private Instant daysAgo(int days) {
        return scenario.instant().minus(Duration.ofDays(days));
    }
}
