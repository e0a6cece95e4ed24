package dev.penstock.ui.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.quota.Verification;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.Scenario;
import dev.penstock.ui.fakes.ScreenTest;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditViewTest extends ScreenTest {

    @Test
    void entriesComeNewestFirstFiftyAtATime() {
        open(Persona.AUDITOR, "audit");
        assertThat(screen()).contains("130 entries", "50 of 130", "130 ", "81 ").doesNotContain(" 80 14");

        follow("Older");

        assertThat(screen()).contains(" 80 ", " 31 ");
        assertThat(links()).contains("Newest", "Older");
    }

    @Test
    void filtersAreInTheAddressAndCanBeTakenAway() {
        open(Persona.AUDITOR, "audit?actor=admin&outcome=done");

        assertThat(screen()).contains("16 entries").doesNotContain("reconciler");
        assertThat(address("Actor admin")).isEqualTo("audit?outcome=done");
    }

    @Test
    void anEntryShowsWhatChangedAndItsProof() {
        open(Persona.AUDITOR, "audit?entry=123");

        assertThat(screen())
                .contains("Entry 123", "“Batch job moves to the night”")
                .contains("amount: 1814400000 amount: 1451520000")
                .contains("Under checkpoint 8,412", "./penstock verify entry-123.json");
    }

    @Test
    void verifyingNowSaysWhatItFound() {
        open(Persona.AUDITOR, "audit");
        assertThat(screen()).contains("Not verified yet");

        click("Verify now");

        eventually(() -> screen().contains("Complete and unaltered"));
        assertThat(screen()).contains("130 entries, verified", "in 312 ms");
    }

    @Test
    void anAlterationIsTheFirstThingOneSees() {
        services.lastVerification =
                new Verification(false, 130, 8412, List.of("Entry 77 does not match its leaf."), Scenario.START, 400);
        open(Persona.AUDITOR, "audit");

        assertThat(screen()).contains("Altered: 1 finding", "Entry 77 does not match its leaf.");
    }

    @Test
    void howToVerifyWithoutUsHasAnAddress() {
        open(Persona.AUDITOR, "audit?do=verify");

        assertThat(page()).contains("Verify it yourself", "./penstock verify penstock-audit.zip", "penstock+1a2b3c4d+AbCd");
    }

    @Test
    void newEntriesAppearOnTheFirstPageButDoNotMoveAnOlderOne() {
        open(Persona.AUDITOR, "audit");
        services.entries.removeLast();

        told(change("audit", "130"));

        eventually(() -> screen().contains("129 entries"));
    }

    @Test
    void nothingFoundLeadsBackToAll() {
        open(Persona.AUDITOR, "audit?q=no-such-thing");

        assertThat(screen()).contains("No entry matches");
        assertThat(address("Show all")).isEqualTo("audit");
    }
}
