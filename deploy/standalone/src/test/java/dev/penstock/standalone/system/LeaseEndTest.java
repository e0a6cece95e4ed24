package dev.penstock.standalone.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import dev.penstock.contract.platform.LeaseSpec;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.SliceView;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.Meter;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lease that is extended and ends by itself, in a tenant where nothing else happens: so the ledger's number is known. */
@Timeout(480)
@Order(2)
class LeaseEndTest {

    private static final int PARTS = 120;

    @Test
    void aLeaseEndsByItselfWhileSomebodyWatches() {
        RunningPenstock penstock = RunningPenstock.shared();
        try (Browsers browsers = new Browsers(penstock)) {
            Team team = new Team(penstock, "scientist2");
            SliceRequestView request = team.ask("brief", "h100-80.1g.10gb", Duration.ofSeconds(60));
            SliceView slice = team.await(request, SliceState.READY, Duration.ofSeconds(40));
            Page page = browsers.signIn("scientist2", "/slices/" + slice.tenant() + "/" + slice.id());
            Locator state = page.locator(".pagehead .badge").first();
            assertThat(state).containsText("Ready");
            team.api().slices().extend(slice.tenant(), slice.id(), new LeaseSpec(65));
            assertThat(state).containsText("Expired", new ContainsTextOptions().setTimeout(120_000));

            SliceView ended = team.slice(request);
            assertThat(ended.gpuTime().partSeconds()).as("nothing after the lease, little less than it").isBetween(PARTS * 60L, PARTS * 65L);
            LimitView used = team.api().limits().list(team.tenant()).stream()
                    .filter(limit -> limit.meter() == Meter.GPU_TIME && team.project().equals(limit.project()))
                    .findFirst()
                    .orElseThrow();
            assertThat(used.used()).as("the ledger's number is the portal's").isEqualTo(BigInteger.valueOf(ended.gpuTime().partSeconds()));
            assertThat(used.setAside()).isZero();
        }
    }
}
