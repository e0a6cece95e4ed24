package dev.penstock.ui.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.dom.Element;
import dev.penstock.contract.Problem;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.base.Chart;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.fakes.FakeBooks;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.Scenario;
import dev.penstock.ui.fakes.ScreenTest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UsageViewTest extends ScreenTest {

    private static final String VISION = "?project=" + Ids.VISION;

    private List<FakeBooks.Use> visionSince(Duration back) {
        return services.books.uses.stream()
                .filter(use -> use.row().project().equals(Ids.VISION) && use.row().at().isAfter(Scenario.START.minus(back)))
                .toList();
    }

    @Test
    void theSumsAreThoseOfTheRowsAndEachGroupHasItsOwn() {
        open(Persona.SCIENTIST, "usage" + VISION + "&range=24h");

        List<FakeBooks.Use> uses = visionSince(Duration.ofHours(23).plusMinutes(32));
        long calls = uses.stream().mapToLong(FakeBooks.Use::calls).sum();
        assertThat(screen())
                .contains("Calls " + Quantities.rounded(calls), "against the 24 h before")
                .contains("By model", "qwen2.5-7b-instruct", "research-vision/summarise-7b", "bge-m3")
                .contains("days of Europe/Berlin");
    }

    @Test
    void whatOthersUseIsNotThere() {
        open(Persona.SCIENTIST, "usage" + VISION + "&by=key");

        assertThat(screen()).contains("notebook", "batch-eu", "signed-in people").doesNotContain("replay");
    }

    @Test
    void allOfWhatIsChosenStandsInTheAddress() {
        open(Persona.FINANCE, "usage?range=month&by=tenant&show=cost");
        assertThat(screen()).contains("By tenant", "research", "risk", "last month by then");

        follow("risk");

        assertThat(screen()).contains("By project", "risk-scoring").doesNotContain("research-vision");
        assertThat(address("Calls")).contains("tenant=" + Ids.RISK, "range=month");
    }

    @Test
    void aModelIsLookedAtAloneAndTheFilterIsTakenAwayAgain() {
        open(Persona.SCIENTIST, "usage" + VISION + "&model=bge-m3");

        assertThat(screen()).contains("bge-m3").doesNotContain("summarise-7b");
        assertThat(address("Model bge-m3")).doesNotContain("model=");
    }

    @Test
    void theCallsAreARowEachAndPagesGoBackInTime() {
        open(Persona.AUDITOR, "usage?tab=calls&range=7d");
        String newest = screen();
        assertThat(newest).contains("50 rows", "what was said is not kept");

        follow("Older");

        assertThat(screen()).contains("50 rows").isNotEqualTo(newest);
        assertThat(links()).contains("Newest");
    }

    @Test
    void callsThatAreArchivedAreSaidToBe() {
        services.books.archivedBefore = Scenario.START.minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.DAYS);

        open(Persona.AUDITOR, "usage?tab=calls&range=7d");
        assertThat(screen()).contains("50 rows. Single calls before", "are archived.");

        open(Persona.AUDITOR, "usage?tab=calls&range=24h");
        assertThat(screen()).contains("50 rows").doesNotContain("archived");
    }

    @Test
    void theLimitsOfWhatIsLookedAtStandBelow() {
        open(Persona.OWNER, "usage" + VISION);
        assertThat(screen()).contains("Limits as they stand now", "research-vision, tokens this month 1.86 B of 4 B", "scientist2, tokens today for research-vision/summarise-7b");

        open(Persona.OWNER, "usage" + VISION + "&model=bge-m3");
        assertThat(screen()).contains("research-vision, tokens this month").doesNotContain("for research-vision/summarise-7b");

        open(Persona.SCIENTIST, "usage" + VISION);
        assertThat(screen()).contains("research-vision, tokens this month").doesNotContain("scientist2, tokens today");
    }

    private JsonNode drawn() {
        Element drawing = find(Chart.class).single().getElement().getChild(0);
        return new JsonMapper().readTree(Objects.requireNonNull(drawing.getAttribute("data")));
    }

    @Test
    void theTimeBeforeIsALineAcrossTheChartBucketByBucket() {
        open(Persona.SCIENTIST, "usage" + VISION + "&range=7d&show=calls");

        JsonNode before = drawn().path("series").get(drawn().path("series").size() - 1);
        assertThat(before.path("name").asString()).isEqualTo("all of the 7 days before");
        assertThat(before.path("shape").asString()).isEqualTo("DASHES");
        // Friday a week ago, in Berlin, until the same time of the day.
        long lastFriday = services.books.uses.stream()
                .filter(use -> use.row().project().equals(Ids.VISION))
                .filter(use -> !use.row().at().isBefore(Instant.parse("2026-11-12T23:00:00Z")) && use.row().at().isBefore(Instant.parse("2026-11-13T15:00:00Z")))
                .mapToLong(FakeBooks.Use::calls)
                .sum();
        assertThat(before.path("values").size()).isEqualTo(7);
        assertThat(before.path("values").get(6).asLong()).isEqualTo(lastFriday);
    }

    @Test
    void howFastAnswersCameIsAMeanOfWhatWasStreamed() {
        services.books.uses.removeIf(use -> !use.row().model().equals("bge-m3") && !use.row().model().equals("qwen2.5-7b-instruct"));
        open(Persona.SCIENTIST, "usage" + VISION + "&range=24h&show=first_token");

        long calls = 0;
        long millis = 0;
        for (FakeBooks.Use use : visionSince(Duration.ofHours(23).plusMinutes(32))) {
            Integer first = use.row().firstTokenMs();
            if (first != null) {
                calls += use.calls();
                millis += use.calls() * first;
            }
        }
        assertThat(screen()).contains("First token, mean " + Quantities.seconds(Duration.ofMillis(millis / calls)) + " s", "Tokens/s, mean");
        assertThat(drawn().at("/series/0/shape").asString()).isEqualTo("LINE");
        assertThat(drawn().at("/series/0/name").asString()).isEqualTo("qwen2.5-7b-instruct");
        assertThat(drawn().at("/series/1/name").asString()).isEqualTo("bge-m3");
        assertThat(drawn().at("/series/1/values/0").isNull()).as("embeddings are not streamed").isTrue();
    }

    @Test
    void aWeekIsDrawnByDayOrByHour() {
        open(Persona.SCIENTIST, "usage" + VISION);
        assertThat(drawn().path("labels").size()).isEqualTo(7);

        follow("By hour");

        assertThat(drawn().path("labels").size()).as("six days and the hours of the seventh until now").isEqualTo(6 * 24 + 16);
        follow("24 h");
        assertThat(links()).doesNotContain("By hour");
    }

    @Test
    void anEmptyTimeSaysWhatWouldStandThere() {
        services.books.uses.clear();

        open(Persona.SCIENTIST, "usage" + VISION);

        assertThat(screen()).contains("Nothing was used in this time", "Tokens 0", "as much as the 7 days before");
    }

    @Test
    void aCallReachesTheOpenPageAndManyAreDrawnOnce() {
        open(Persona.SCIENTIST, "usage" + VISION + "&model=none-yet");
        services.books.uses.clear();
        services.books.asked.clear();
        told(change("usage", "1"));
        eventually(() -> !services.books.asked.isEmpty());
        for (int i = 0; i < 20; i++) {
            told(change("usage", "1"));
            roundTrip();
        }

        assertThat(services.books.asked).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aServiceThatIsDownIsSaidInWords() {
        services.down = new BackendProblem(Problem.QUOTA_UNAVAILABLE, "quota-service did not answer within 2 s.", "4e81-c07a");

        open(Persona.SCIENTIST, "usage" + VISION);

        assertThat(screen()).contains("quota-service did not answer within 2 s.", "ref 4e81-c07a");
    }
}
