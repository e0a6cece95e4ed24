package dev.penstock.ui.home;

import dev.penstock.contract.Problem;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import static org.assertj.core.api.Assertions.assertThat;


class HomeViewTest extends ScreenTest {

    @Test
    void aScientistSeesWhatNeedsThemWhatTheyHoldAndWhatIsLeft() {
        open(Persona.SCIENTIST, "");

        assertThat(screen())
                .contains("Slice notebook-a ends in 1 h 48 min")
                .contains("Slice ablation-3 failed", "the workspace image could not be pulled: not found")
                .contains("Your request for eval-h100 waits for approval")
                .contains("GPU-hours of research-vision this month, of 480", "393.5 81 %")
                .contains("train-lora", "h100-80.3g.40gb · research-vision", "2 d 4 h")
                .doesNotContain("score-q4", "tokenizer");
    }

    @Test
    void aFirstVisitNamesTheProjectInTheAddressSoThatItCanBeShared() {
        open(Persona.SCIENTIST, "");

        assertThat(address("All slices")).isEqualTo("slices?project=" + Ids.VISION);
    }

    @Test
    void anAdministratorSeesRequestsToDecideLimitsAndTheFleetOfAllTenants() {
        open(Persona.ADMIN, "");

        assertThat(screen())
                .contains("scientist2 asks for score-replay", "h100-80.2g.20gb for 12 h · risk-scoring")
                .contains("Requests waiting 3")
                .contains("Near a limit 3 of 15 limits")
                .contains("GPU parts in use 15 of 23", "3 of 4 nodes ready")
                .contains("GPU-hours of all tenants this month, of 1,900")
                .doesNotContain("Slice notebook-a ends in");
        assertThat(links()).doesNotContain("New slice");
    }

    /** What a colleague uses is for owners and administrators, and for the colleague. */
    @Test
    void aWarningIsSeenByWhoShouldSeeIt() {
        String warning = "scientist2: tokens today for research-vision/summarise-7b at 85 %";
        open(Persona.OWNER, "");
        assertThat(screen()).contains(warning, "1.71 M of 2 M, warns only · passed 75 % on");
        open(Persona.ADMIN, "");
        assertThat(screen()).contains(warning);
        open(Persona.SCIENTIST, "");
        assertThat(screen()).doesNotContain("scientist2: tokens");
    }

    @Test
    void theMonthsSpendStandsAgainstItsBudgetWithAForecast() {
        open(Persona.SCIENTIST, "");

        assertThat(screen())
                .contains("Spend of research-vision this month, of €96.00 €78.21 81 %", "Exhausted on 25 Nov 2026 at this pace", "€0.42 set aside")
                .contains("Spend against budget", "at this pace", "Tokens per day", "cached")
                .contains("Endpoints", "translate-32b", "Loading, 62 %");
    }

    @Test
    void aBudgetThatIsSharedWithOthersIsNoMarkOnTheProjectsOwnCurve() {
        services.limits.remove(Ids.limit(9));

        open(Persona.SCIENTIST, "");

        assertThat(screen()).contains("Spend of research this month, of €160.00", "Spend this month, added up").doesNotContain("Spend against budget");
    }

    @Test
    void usageThatCannotBeReadLeavesTheRestOfTheScreen() {
        services.books.down = new BackendProblem(Problem.QUOTA_UNAVAILABLE, "usage did not answer within 2 s.", "4e81-c07b");

        open(Persona.SCIENTIST, "");

        assertThat(screen()).contains("usage did not answer within 2 s.", "Needs you", "notebook-a");
    }

    @Test
    void financeBeginsWithTheStatements() {
        open(Persona.FINANCE, "");

        assertThat(screen()).contains("Statements", "2026-11", "€1,908.24", "Spend of all tenants this month, of €290.00");
    }

    @Test
    void holdingAllTheSlicesOneMayHoldIsNoAlarm() {
        LimitView limit = Objects.requireNonNull(services.limits.get(Ids.limit(4)));
        services.limits.put(limit.id(), new LimitView(
                limit.id(), limit.tenant(), limit.tenantName(), limit.project(), limit.projectName(), null, null, null, limit.meter(), limit.profile(), null, limit.window(),
                BigInteger.ONE, true, 80, BigInteger.ZERO, BigInteger.ONE, null, null, List.of()));

        open(Persona.SCIENTIST, "");

        assertThat(screen()).contains("research-vision, slices of h100-80.3g.40gb 1 of 1").doesNotContain("at 100 %");
    }

    @Test
    void anAuditorSeesHowFarTheTrailIsSealedAndNoSlices() {
        open(Persona.AUDITOR, "");

        assertThat(screen()).contains("Entries sealed 130", "Last checkpoint 8,412 7 s ago", "Last verification never").doesNotContain("notebook-a");
    }

    @Test
    void whoIsMemberOfNothingGetsAnEmptyHomeAndNoError() {
        open(Persona.STRANGER, "");

        assertThat(screen()).contains("Nothing needs you").doesNotContain("alert");
    }

    @Test
    void aChangeReachesTheOpenPage() {
        open(Persona.SCIENTIST, "");
        assertThat(screen()).contains("pulling the workspace image");

        services.moved(Ids.slice(3), SliceState.READY, "Workspace answers");
        told(change("slice", Ids.slice(3)));

        eventually(() -> screen().contains("3 ready, 0 on the way, 1 suspended"));
        assertThat(screen()).doesNotContain("pulling the workspace image");
    }

    @Test
    void aServiceThatIsDownIsSaidInWordsAndTheScreenComesBackByItself() {
        services.down = new BackendProblem(Problem.QUOTA_UNAVAILABLE, "quota-service did not answer within 2 s.", "4e81-c07a");
        open(Persona.SCIENTIST, "");
        assertThat(screen())
                .contains("The quota service did not answer; nothing was granted.", "quota-service did not answer within 2 s.", "ref 4e81-c07a");

        services.down = null;
        told(change("slice", Ids.slice(3)));

        eventually(() -> screen().contains("Needs you"));
        assertThat(screen()).doesNotContain("4e81-c07a");
    }

    @Test
    void aLinkToAProjectOfOthersSaysThatThereIsNoSuchThing() {
        open(Persona.SCIENTIST, "?project=" + Ids.SCORING);

        assertThat(screen()).contains("There is no such thing, or it is not yours to see.").doesNotContain("risk-scoring");
    }
}
