package dev.penstock.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellTest extends ScreenTest {

    private List<String> screens() {
        return find(SideNavigation.class).single().getChildren()
                .filter(each -> each.getElement().getTag().equals("a"))
                .map(each -> each.getElement().getTextRecursively().replaceAll("\\d", ""))
                .toList();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "SCIENTIST, Home/Catalogue/Endpoints/Slices/Playground/Keys/Model policy/Usage",
        "OWNER,     Home/Catalogue/Endpoints/Slices/Playground/Keys/Model policy/Usage/Approvals/Tenants and quotas/Statements",
        "ADMIN,     Home/Catalogue/Endpoints/Slices/Keys/Model policy/Usage/Approvals/Fleet/Tenants and quotas/Workspace images/Routing/Upstreams/Stops/Health/Audit trail/Statements",
        "AUDITOR,   Home/Catalogue/Keys/Model policy/Usage/Fleet/Tenants and quotas/Routing/Upstreams/Stops/Health/Audit trail/Statements",
        "FINANCE,   Home/Catalogue/Usage/Tenants and quotas/Statements",
        "STRANGER,  Home"
    })
    void everybodySeesTheScreensOfTheirJob(Persona persona, String expected) {
        open(persona, "");

        assertThat(screens()).isEqualTo(List.of(expected.split("/")));
    }

    @Test
    void theProjectStaysInTheAddressFromScreenToScreen() {
        open(Persona.ADMIN, "slices?project=" + Ids.LANGUAGE);

        eventually(() -> links().contains("Approvals1"));
        assertThat(address("Approvals1")).isEqualTo("approvals?project=" + Ids.LANGUAGE);
        assertThat(page()).contains("Project research-language");
    }

    @Test
    void theInboxCountsWhatNeedsThePerson() {
        open(Persona.SCIENTIST, "");

        eventually(() -> find(Topbar.class).single().getElement().getTextRecursively().contains("7"));
    }

    @Test
    void aFewLettersFindASliceAndEnterOpensIt() {
        open(Persona.SCIENTIST, "");
        var search = find(CommandSearch.class);
        click("Search or jump to /");

        test(find(TextField.class).withAriaLabel("Search or jump to").single()).setValue("lora");

        assertThat(search.single().isOpened()).isTrue();
        assertThat(address("train-lora Ready · research-vision"))
                .startsWith("slices/" + Ids.RESEARCH + "/" + Ids.slice(2));
    }

    @Test
    void aFewLettersFindAnEndpointAndWhatOneCanAskFor() {
        open(Persona.SCIENTIST, "");
        click("Search or jump to /");

        test(find(TextField.class).withAriaLabel("Search or jump to").single()).setValue("summarise");
        assertThat(address("summarise-7b Ready · research-vision")).startsWith("endpoints/" + Ids.RESEARCH + "/" + Ids.endpoint(2));

        test(find(TextField.class).withAriaLabel("Search or jump to").single()).setValue("new k");
        assertThat(address("New key")).startsWith("keys?do=new");
    }

    @Test
    void aTabThatNobodySeesAsksNobodyAndCatchesUpWhenItIsLookedAt() {
        open(Persona.SCIENTIST, "slices");
        shell().seen(false);
        services.moved(Ids.slice(3), SliceState.READY, "Workspace answers");
        told(change("slice", Ids.slice(3)));
        eventually(() -> shell().isBehind());
        assertThat(screen()).contains("Starting eval-batch");

        shell().seen(true);

        eventually(() -> screen().contains("Ready eval-batch"));
    }

    private Shell shell() {
        return find(Shell.class).single();
    }

    @Test
    void anUnknownAddressIsSaidInWordsWithAWayHome() {
        open(Persona.SCIENTIST, "no-such-page");

        assertThat(page()).contains("There is no such page", "Nothing is at “/no-such-page”.");
        assertThat(links()).contains("Home");
    }

    @Test
    void initialsAreTheFirstLettersOfTheFirstTwoNames() {
        assertThat(AccountMenu.initials("Dana Maria Sand")).isEqualTo("DM");
        assertThat(AccountMenu.initials("scientist")).isEqualTo("S");
        assertThat(AccountMenu.initials("  ")).isEmpty();
    }
}
