package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.penstock.platform.cluster.ClusterFailure;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who answers is heard, and who did not answer the last time keeps nobody waiting. */
@Timeout(60)
class AskedAtOnceTest {

    private final AskedAtOnce<String> asking = new AskedAtOnce<>();

    @Test
    void allAreAskedAtTheSameTime() {
        CountDownLatch both = new CountDownLatch(2);
        Supplier<String> afterTheOther = () -> {
            both.countDown();
            return until(both);
        };
        assertThat(asking.ask(Map.of("", afterTheOther, "east", afterTheOther))).isEqualTo(Map.of("", "said", "east", "said"));
    }

    @Test
    void whoFailedIsWaitedForAgainOnlyWhenItHasAnswered() {
        assertThat(asking.ask(questions(AskedAtOnceTest::fails))).isEqualTo(Map.of("", "here"));
        CountDownLatch answers = new CountDownLatch(1);
        // Would hang if it waited.
        assertThat(asking.ask(questions(() -> until(answers)))).isEqualTo(Map.of("", "here"));
        answers.countDown();
        // The question that is under way is not asked again: this one is not taken, and the first's answer is what counts.
        Map<String, String> both = await().until(() -> asking.ask(questions(() -> "another")), said -> said.size() == 2);
        assertThat(both).isEqualTo(Map.of("", "here", "east", "said"));
        assertThat(asking.ask(questions(() -> "another"))).as("waited for again").isEqualTo(Map.of("", "here", "east", "another"));
    }

    @Test
    void whereNobodyAnswersAllAreWaitedForEachTime() {
        for (int time = 0; time < 2; time++) {
            assertThatThrownBy(() -> asking.ask(Map.of("", AskedAtOnceTest::fails))).isInstanceOf(ClusterFailure.class).hasMessage("It is down.");
        }
        assertThat(asking.ask(Map.of("", () -> "here"))).isEqualTo(Map.of("", "here"));
    }

    private static Map<String, Supplier<String>> questions(Supplier<String> east) {
        return new TreeMap<>(Map.of("", () -> "here", "east", east));
    }

    private static String until(CountDownLatch latch) {
        try {
            latch.await();
            return "said";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String fails() {
        throw new ClusterFailure(ClusterFailure.Kind.UNAVAILABLE, "It is down.");
    }
}
