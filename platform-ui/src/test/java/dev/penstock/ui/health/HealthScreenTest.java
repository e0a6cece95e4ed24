package dev.penstock.ui.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.vaadin.flow.component.textfield.TextArea;
import dev.penstock.contract.Problem;
import dev.penstock.contract.quota.HealthView;
import dev.penstock.contract.quota.WriteOffView;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.fakes.HealthShowcase;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthScreenTest extends ScreenTest {

    @Test
    void onAGoodDayOneLineSaysIt() {
        open(Persona.AUDITOR, "health");

        assertThat(screen())
                .contains("Ledger balanced", "None of 9 invariants is broken, last checked", "every token an engine counted is explained")
                .contains("Unexplained 0 tokens of 3 endpoints", "Settlement lag 0 s", "Attempts open 29 the oldest for 42 s")
                .contains("Estimated < 1 % 412 of 1,284,094 attempts in 30 days")
                .contains("Calls under way", "Waits for a quiet moment");
    }

    @Test
    void whatIsWrongComesFirstAndSaysWhatWasFound() {
        services.health = HealthShowcase.unwell(scenario.instant());
        open(Persona.ADMIN, "health");

        assertThat(screen())
                .contains("Ledger not balanced: 1 invariant is broken", "12 12 0 in rows, 13 13 0 rolled up")
                .contains("Counted otherwise", "18.4 k / 5,212", "Does not tell", "it did not answer: ConnectException")
                .contains("2 must have ended", "Settlement lag 1 min the oldest end that is not settled");
    }

    @Test
    void tokensThatNothingExplainsAreAnAlarmAlsoWhenTheLedgerIsBalanced() {
        HealthView unwell = HealthShowcase.unwell(scenario.instant());
        services.health = new HealthView(
                unwell.at(), HealthShowcase.well(scenario.instant()).invariants(), unwell.settlement(), unwell.replicas(), unwell.setAside(), unwell.losses(),
                unwell.lossesToday(), unwell.engines(), unwell.comparisons());
        open(Persona.AUDITOR, "health");

        assertThat(screen()).contains("Ledger balanced, engines counted otherwise", "somebody reaches it otherwise than by the gateway");
    }

    @Test
    void lossesStandByMonthAndCauseWithTheirWorth() {
        open(Persona.AUDITOR, "health");

        assertThat(screen()).contains("November 2026 The caller left 214 0 1,902 €0.0011", "Estimated too high 3 -2,210 -640 −€0.00083");
    }

    @Test
    void whatWasLostTodayStandsBesideItsLimit() {
        open(Persona.AUDITOR, "health");
        assertThat(screen()).contains("Lost today Tokens At most State qwen2.5-7b-instruct 12.4 k 1 M Within its limit", "Platform loss this month");

        services.health = HealthShowcase.unwell(scenario.instant());
        open(Persona.ADMIN, "health");
        assertThat(screen()).contains("vision/captions 1.64 M 1 M Beyond its limit", "1 endpoint beyond today's limit");
    }

    @Test
    void attemptsOfAReplicaThatIsSilentAreAWarning() {
        HealthView well = HealthShowcase.well(scenario.instant());
        services.health = new HealthView(
                well.at(), well.invariants(), new HealthView.SettlementState(29, well.settlement().oldestOpen(), 0, 4, null, 10, 0), well.replicas(), well.setAside(),
                well.losses(), well.lossesToday(), well.engines(), well.comparisons());
        open(Persona.ADMIN, "health");

        assertThat(screen()).contains("Attempts open 29 4 at replicas that are silent");
    }

    @Test
    void whatReplicasHoldStandsApartFromWhatIsSetAsideForCalls() {
        open(Persona.AUDITOR, "health");

        assertThat(screen()).contains("Shares For calls Held by replicas", "58 412,300 2,400,000");
    }

    @Test
    void replicasSayHowTheyStand() {
        open(Persona.ADMIN, "health");

        assertThat(screen()).contains("gateway-0 Lives 17 of 20,000 0 0.8 s", "gateway-2 Gone")
                .contains("its journal is to be read; engines wait");
    }

    @Test
    void aReplicaThatIsGoneWithItsDiskIsWrittenOffAfterReadingWhatThatMeans() {
        open(Persona.ADMIN, "health");
        assertThat(screen()).contains("holds parts of limits of 2 tenants");
        follow("Write off");
        assertThat(page())
                .contains("Write off gateway-2?", "import its journal instead", "Calls under way by its last word 4", "Spend 8.20", "Tokens 310,000")
                .contains("Booked as platform loss, at most €6.15", "the loss is taken back");

        click("Write off gateway-2");
        assertThat(page()).as("not without a reason").contains("Write off gateway-2?");
        assertThat(services.writtenOff).isEmpty();

        test(find(TextArea.class).single()).setValue("the node burnt");
        click("Write off gateway-2");
        assertThat(services.writtenOff).extracting(WriteOffView::replica, WriteOffView::journal, WriteOffView::reason).containsExactly(tuple("gateway-2", Ids.JOURNAL, "the node burnt"));
        eventually(() -> screen().contains("Written off"));
        assertThat(screen()).contains("Held by replicas Written off", "2,090,000 310,000").doesNotContain("its journal is to be read");
        assertThat(links()).doesNotContain("Write off");
    }

    @Test
    void aReplicaThatMayBeCutOffOnlyIsWaitedFor() {
        HealthView well = HealthShowcase.well(scenario.instant());
        services.health = HealthShowcase.silentSince(well, scenario.instant().minusSeconds(300));
        open(Persona.ADMIN, "health");

        assertThat(screen()).contains("can be written off from");
        assertThat(links()).doesNotContain("Write off");
    }

    @Test
    void anAuditorSeesWhatIsLeftAndWritesNothingOff() {
        open(Persona.AUDITOR, "health");

        assertThat(screen()).contains("holds parts of limits of 2 tenants");
        assertThat(links()).doesNotContain("Write off");
    }

    @Test
    void anOpenPageFollows() {
        open(Persona.AUDITOR, "health");
        services.health = HealthShowcase.unwell(scenario.instant());

        told(change("health", "invariants"));

        eventually(() -> screen().contains("Ledger not balanced"));
    }

    @Test
    void aNewInstallationSaysThatNothingWasAskedYet() {
        HealthView well = HealthShowcase.well(scenario.instant());
        List<HealthView.InvariantState> unasked = well.invariants().stream().map(each -> new HealthView.InvariantState(each.name(), each.sentence(), null, null)).toList();
        services.health = new HealthView(
                well.at(), unasked, new HealthView.SettlementState(0, null, 0, 0, null, 0, 0), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
        open(Persona.ADMIN, "health");

        assertThat(screen()).contains("Ledger not checked yet", "not asked yet", "No engine has been compared yet", "Nothing was lost", "Nothing is set aside", "0 %");
    }

    @Test
    void whoMayNotIsTold() {
        services.down = new BackendProblem(Problem.NOT_ALLOWED, "Only auditors and administrators may do this.", "aa-1");
        open(Persona.FINANCE, "health");

        assertThat(screen()).contains("Only auditors and administrators may do this.");
    }
}
