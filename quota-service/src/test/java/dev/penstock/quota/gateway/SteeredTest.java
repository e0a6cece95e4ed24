package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.quota.Steered;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestTenant;
import dev.penstock.quota.usage.UsageWords;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A model that stands in for another is a word of its own, and stays the model it is. */
class SteeredTest {

    private static final RunningService SERVICE = RunningService.get();

    private final TestTenant tenant = TestTenant.register();
    private final UsageWords words = SERVICE.bean(UsageWords.class);
    private final EndpointId endpoint = new EndpointId(UUID.randomUUID());

    private int word(Steered steered) {
        return words.model(tenant.id(), new UsageWords.Model(endpoint, "small", "small", steered));
    }

    @Test
    void eachReasonIsAWordAndOneWordOnly() {
        int itself = words.model(tenant.id(), new UsageWords.Model(endpoint, "small", "small", null));
        int cheaper = word(new Steered("large", "policy 1, rule 1: purpose batch"));
        assertThat(cheaper).isNotEqualTo(itself);
        assertThat(word(new Steered("large", "policy 1, rule 2: prompt up to 500 tokens"))).isNotIn(itself, cheaper);
        assertThat(word(new Steered("large", "policy 1, rule 1: purpose batch"))).isEqualTo(cheaper);
        assertThat(words.knownModel(tenant.id(), new UsageWords.Model(endpoint, "small", "small", null))).hasValue(itself);
        assertThat(SERVICE.column("select concat_ws('|', model, asked, why) from quota.usage_model where tenant_id = '%s' order by id".formatted(tenant.id())))
                .containsExactly("small", "small|large|policy 1, rule 1: purpose batch", "small|large|policy 1, rule 2: prompt up to 500 tokens");
    }

    @Test
    void whoMakesTheSameWordTwiceAtOnceHasItOnce() {
        UsageWords.Model model = new UsageWords.Model(endpoint, "small", "small", null);
        assertThat(IntStream.range(0, 8).parallel().map(i -> words.model(tenant.id(), model)).distinct().count()).isEqualTo(1);
    }
}
