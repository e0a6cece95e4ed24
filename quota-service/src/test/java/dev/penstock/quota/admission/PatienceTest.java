package dev.penstock.quota.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class PatienceTest {

    @Test
    void whatComesInTimeIsLeftAloneAndWhatDoesNotFails() {
        Patience patience = new Patience(Duration.ofMillis(200));
        patience.start();
        try {
            CompletableFuture<String> late = patience.bounded(new CompletableFuture<>());
            CompletableFuture<String> inTime = patience.bounded(new CompletableFuture<>());
            inTime.complete("on disk");
            assertThatThrownBy(() -> late.get(30, TimeUnit.SECONDS)).hasRootCauseInstanceOf(TimeoutException.class).hasRootCauseMessage("not on disk after PT0.2S");
            assertThat(inTime).isCompletedWithValue("on disk");
        } finally {
            patience.stop();
        }
    }
}
