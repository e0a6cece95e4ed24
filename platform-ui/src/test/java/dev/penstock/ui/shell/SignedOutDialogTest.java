package dev.penstock.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.server.VaadinSession;
import dev.penstock.ui.backend.ChangeFeed;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SignedOutDialogTest extends ScreenTest {

    private void theSessionEnds() {
        Objects.requireNonNull(VaadinSession.getCurrent().getAttribute(ChangeFeed.class)).over();
    }

    @Test
    void anOpenPageSaysThatTheSessionIsOverAndKeepsWhatItShows() {
        open(Persona.SCIENTIST, "slices");

        theSessionEnds();

        eventually(() -> page().contains("You are signed out"));
        assertThat(screen()).contains("train-lora");
        assertThat(buttons()).contains("Sign in again");
    }

    @Test
    void howeverManyPartsNoticeItIsSaidOnce() {
        open(Persona.SCIENTIST, "slices");

        theSessionEnds();
        theSessionEnds();

        eventually(() -> page().contains("You are signed out"));
        roundTrip();
        assertThat(find(SignedOutDialog.class).all()).hasSize(1);
    }
}
