package dev.penstock.ui.slice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.platform.Decision;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RequestViewTest extends ScreenTest {

    private static final String REQUEST = "requests/" + Ids.RESEARCH + "/" + Ids.request(1);

    @Test
    void whoAskedSeesWhatPolicyLookedAtAndMayWithdraw() {
        open(Persona.SCIENTIST, REQUEST);
        assertThat(screen()).contains("Waits for somebody who may approve", "GPU time: 24 GPU-hours, approved at once up to 4");

        click("Withdraw");

        assertThat(Objects.requireNonNull(services.requests.get(Ids.request(1))).state()).isEqualTo(RequestState.WITHDRAWN);
        assertThat(screen()).contains("Withdrawn by scientist");
    }

    @Test
    void theAnswerAppearsOnTheOpenPageWithTheWayToTheSlice() {
        open(Persona.SCIENTIST, REQUEST);

        scenario.signedInAs(Persona.ADMIN);
        services.requests().approve(Ids.RESEARCH, Ids.request(1), new Decision(null));
        scenario.signedInAs(Persona.SCIENTIST);
        told(change("slice-request", Ids.request(1)));

        eventually(() -> screen().contains("Approved by admin"));
        assertThat(address("Open the slice")).startsWith("slices/" + Ids.RESEARCH + "/");
    }

    @Test
    void aRejectionShowsItsReason() {
        scenario.signedInAs(Persona.ADMIN);
        services.requests().reject(Ids.RESEARCH, Ids.request(1), new Decision("Use the shared endpoint instead."));
        open(Persona.SCIENTIST, REQUEST);

        assertThat(screen()).contains("Rejected by admin", "Use the shared endpoint instead.", "Ask again with what was missing");
    }
}
