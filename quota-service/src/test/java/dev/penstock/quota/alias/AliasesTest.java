package dev.penstock.quota.alias;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.quota.Answer;
import dev.penstock.quota.RunningService;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Aliases over HTTP: made version by version, on record. */
class AliasesTest {

    private static final RunningService SERVICE = RunningService.get();
    private static final String TARGETS = "[{\"model\": \"no-such-model-a\", \"tier\": 0, \"weight\": 3}, {\"model\": \"no-such-model-b\", \"tier\": 1, \"weight\": 1}]";

    private final String name = "made-" + UUID.randomUUID();

    private Answer make(int version, String targets) {
        return SERVICE.send(SERVICE.admin(), "PUT", "/api/aliases/" + name + "/" + version,
                "{\"strategy\": \"LEAST_BUSY\", \"targets\": " + targets + ", \"reason\": \"for a test\"}");
    }

    private List<JsonNode> listed() {
        return SERVICE.send(SERVICE.admin(), "GET", "/api/aliases", null).is(200).body().valueStream().filter(alias -> alias.path("name").asString().equals(name)).toList();
    }

    @Test
    void versionsFollowEachOtherAndAreOnRecord() {
        JsonNode made = make(1, TARGETS).is(200).body();
        assertThat(made.path("targets").valueStream().map(target -> target.path("model").asString() + " " + target.path("tier").asInt() + " " + target.path("weight").asInt()))
                .containsExactly("no-such-model-a 0 3", "no-such-model-b 1 1");
        assertThat(make(1, TARGETS).is(200).body()).as("the same again").isEqualTo(made);
        make(1, "[]").isProblem(409, "changed_meanwhile");
        make(3, "[]").isProblem(409, "changed_meanwhile");
        assertThat(listed()).containsExactly(made);
        make(2, "[]").is(200);
        assertThat(listed().getFirst().path("version").asInt()).isEqualTo(2);
        assertThat(listed().getFirst().path("targets").isEmpty()).isTrue();
        assertThat(SERVICE.column("select outcome || ' ' || split_part(reason, ':', 1) from audit.entry where action = 'alias.make' and subject_id = '" + name + "' order by at"))
                .containsExactlyInAnyOrder("done for a test", "done for a test", "refused changed_meanwhile", "refused changed_meanwhile");
        assertThat(SERVICE.column("select state from quota.change where kind = 'alias' and subject = '" + name + "' order by state")).containsExactlyInAnyOrder("WITHDRAWN", null);
    }

    @Test
    void ofTwoWhoMakeTheSameVersionOneHearsOfTheOther() throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Integer>> makers = IntStream.range(1, 5)
                    .<Callable<Integer>>mapToObj(weight -> () -> make(1, "[{\"model\": \"m\", \"tier\": 0, \"weight\": " + weight + "}]").status())
                    .toList();
            assertThat(threads.invokeAll(makers).stream().map(made -> made.resultNow()).sorted()).containsExactly(200, 409, 409, 409);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            [{"model": "a", "tier": 1, "weight": 1}]                                          | tier 0
            [{"model": "a", "tier": 0, "weight": 1}, {"model": "a", "tier": 1, "weight": 1}]  | twice
            [{"model": "a", "tier": 0, "weight": 0}]                                          | weight
            [{"model": "a", "tier": 9, "weight": 1}]                                          | tier
            [{"model": "", "tier": 0, "weight": 1}]                                           | model
            [null]                                                                            | targets
            null                                                                              | targets
            """)
    void whatCannotBeIsRefused(String targets, String said) {
        assertThat(make(1, targets).isProblem(400, "invalid_input").text()).contains(said);
        assertThat(listed()).isEmpty();
    }

    @Test
    void aNameCanBeRead() {
        for (String bad : List.of("%20x", "-x", "x%22y", "x".repeat(101))) {
            SERVICE.send(SERVICE.admin(), "PUT", "/api/aliases/" + bad + "/1", "{\"strategy\": \"WEIGHTED\", \"targets\": []}").isProblem(400, "invalid_input");
        }
    }
}
