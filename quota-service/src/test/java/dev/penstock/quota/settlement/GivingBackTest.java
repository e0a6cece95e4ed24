package dev.penstock.quota.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.CallId;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.LimitId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.allotment.PotId;
import dev.penstock.quota.allotment.Share;
import dev.penstock.quota.calendar.Period;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Ended;
import dev.penstock.quota.journal.Intent;
import dev.penstock.quota.journal.Settlement;
import dev.penstock.quota.rating.KnownPrices;
import dev.penstock.quota.rating.PriceBooks;
import dev.penstock.quota.rating.TestPrices;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is not used is free again, once. */
class GivingBackTest {

    private static final TenantId TENANT = new TenantId(new UUID(1, 1));

    private final SpendBench bench = SpendBench.get();
    private final List<String> given = new ArrayList<>();
    private KnownPrices prices;
    private GivingBack givingBack;

    @BeforeEach
    void nothingIsKnown() {
        prices = TestPrices.nothingKnown(bench.service.bean(PriceBooks.class));
        givingBack = new GivingBack(
                prices, bench.service.bean(JobTransactions.class), (tenant, used) -> used.forEach(each -> given.add(each.share().allotment() + ": " + each.amount())));
    }

    @Test
    void atKnownPricesAtOnce() {
        prices.learn(SpendBench.SKU, SpendBench.PRICES);
        givingBack.ended(List.of(ended(7, SpendBench.SKU, 1, 100), ended(8, SpendBench.SKU, 1, 100)));
        givingBack.giveBackUnpriced();
        assertThat(given).containsExactlyInAnyOrder("7: 60", "8: 60");
    }

    @Test
    void withoutPricesAsSoonAsTheyAreRead() {
        givingBack.ended(List.of(ended(7, SpendBench.SKU, 1, 100)));
        assertThat(given).isEmpty();
        givingBack.giveBackUnpriced();
        givingBack.giveBackUnpriced();
        assertThat(given).containsExactly("7: 60");
        givingBack.ended(List.of(ended(8, SpendBench.SKU, 1, 100)));
        assertThat(given).as("from now on without asking").containsExactly("7: 60", "8: 60");
    }

    @Test
    void aBookThatIsNotThereKeepsNobodyElseWaiting() {
        givingBack.ended(List.of(ended(6, SpendBench.SKU, 999, 100), ended(7, SpendBench.SKU, 1, 100)));
        givingBack.giveBackUnpriced();
        assertThat(given).containsExactly("7: 60");
    }

    @Test
    void oneThatSaysMoreThanItTookKeepsNobodyElseWaiting() {
        givingBack.ended(List.of(ended(6, SpendBench.SKU, 0, 10), ended(7, SpendBench.SKU, 0, 100)));
        assertThat(given).containsExactly("7: 60");
    }

    @Test
    void whatStandsInTheDatabaseIsNotAsked() {
        Ended direct = new Ended(SpendBench.completed(new Attempt(TENANT, new CallId(new UUID(2, 1)), 0), 1, 1), null);
        givingBack.ended(List.of(direct));
        givingBack.giveBackUnpriced();
        assertThat(given).isEmpty();
    }

    /** It used 60 tokens. */
    private static Ended ended(long allotment, String sku, int version, long taken) {
        Attempt attempt = new Attempt(TENANT, new CallId(new UUID(2, allotment)), 0);
        Share share = new Share(new PotId(new LimitId(new UUID(3, 3)), Period.ALWAYS), allotment, BigInteger.valueOf(taken));
        Intent intent = new Intent(
                attempt, Instant.EPOCH, new ProjectId(new UUID(4, 4)), null, 1, new EndpointId(new UUID(5, 5)), 0, 1, sku, 1, version, 1_000, 80, 20,
                BigInteger.TEN.pow(12), 1, List.of(new Intent.Part(Meter.TOKENS, share)));
        Settlement end = SpendBench.completed(attempt, 50, 10);
        return new Ended(end, intent);
    }
}
