package dev.penstock.quota.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.ModelTask;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.LimitField;
import dev.penstock.contract.quota.UpstreamDialect;
import dev.penstock.contract.quota.UpstreamModel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamTakesTest {

    /** The narrower of the two counts, whatever stands in the tables. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "INTERNAL, -, PUBLIC, true", "INTERNAL, -, INTERNAL, true", "INTERNAL, -, CONFIDENTIAL, false",
        "INTERNAL, PUBLIC, PUBLIC, true", "INTERNAL, PUBLIC, INTERNAL, false",
        "INTERNAL, RESTRICTED, INTERNAL, true", "INTERNAL, RESTRICTED, CONFIDENTIAL, false"})
    void aModelIsGivenWhatItAndItsUpstreamMayBe(DataClass upstream, @Nullable DataClass model, DataClass data, boolean given) {
        Upstream made = new Upstream("example", 1, UpstreamAddress.of("https://api.example.com/v1"), UpstreamDialect.OPENAI, upstream, 1,
                List.of(new UpstreamModel("m", "theirs", List.of(ModelTask.CHAT), 10, 10, null, "s", model, LimitField.MAX_TOKENS)), "somebody", Instant.EPOCH, "key");
        assertThat(made.takes("m", data)).isEqualTo(given);
        assertThat(made.takes("theirs", data)).as("one that it does not have").isFalse();
    }

    /** Data of which nobody said of which class they are may be of any. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "INTERNAL, PUBLIC, true", "INTERNAL, INTERNAL, true", "INTERNAL, CONFIDENTIAL, false", "CONFIDENTIAL, -, false", "RESTRICTED, -, true", "RESTRICTED, RESTRICTED, true"})
    void aModelOfOursIsGivenWhatItMayBe(DataClass takes, @Nullable DataClass data, boolean given) {
        assertThat(new ModelClasses.Declared(1, takes).mayBeGiven(Optional.ofNullable(data))).isEqualTo(given);
    }
}
