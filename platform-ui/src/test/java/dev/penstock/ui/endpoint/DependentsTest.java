package dev.penstock.ui.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.KeyId;
import dev.penstock.contract.Money;
import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.quota.CallPage;
import dev.penstock.contract.quota.UsageApi;
import dev.penstock.contract.quota.UsagePoint;
import dev.penstock.contract.quota.UsageSeries;
import dev.penstock.contract.quota.UsageSpeed;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.fakes.FakeServices;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Scenario;
import dev.penstock.ui.fakes.Showcase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DependentsTest {

    private final Scenario clock = new Scenario();
    private final FakeServices services = new FakeServices(clock::persona, clock);
    private final List<UsagePoint> points = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private @Nullable BackendProblem down;

    private final UsageApi usage = new UsageApi() {
        @Override
        public UsageSeries series(
                @Nullable TenantId tenant, @Nullable ProjectId project, @Nullable KeyId key, @Nullable String model, Instant from, Instant to,
                UsageSeries.Bucket bucket, UsageSeries.By by) {
            BackendProblem problem = down;
            if (problem != null) {
                throw problem;
            }
            asked.add(project + " " + model + " " + Duration.between(from, to) + " " + by);
            return new UsageSeries(from, to, bucket, points);
        }

        @Override
        public CallPage calls(
                @Nullable TenantId tenant, @Nullable ProjectId project, @Nullable KeyId key, @Nullable String model, Instant from, Instant to, boolean egress, @Nullable String cursor) {
            throw new UnsupportedOperationException("no row is asked for");
        }
    };

    @BeforeEach
    void anAfternoon() {
        Showcase.fill(services, clock.instant());
    }

    private String of(int endpoint) {
        EndpointView view = Objects.requireNonNull(services.models.endpoints.get(Ids.endpoint(endpoint))).endpoint();
        Component list = new Dependents(services.models.keys(), usage, clock).of(view);
        return list.getElement().getTextRecursively();
    }

    private void called(@Nullable String id, @Nullable String name, long calls) {
        points.add(new UsagePoint(clock.instant(), id, name, calls, 0, 0, 1, 0, 0, 1, 0, Money.zero("EUR"), UsageSpeed.UNKNOWN));
    }

    @Test
    void callersAreSummedOverTheHoursTheBusiestFirstAndKeysMadeForItAreNamed() {
        called("1", "notebook", 20);
        called(null, null, 3);
        called("2", "nightly", 1_000);
        called("1", "notebook", 22);

        assertThat(of(2)).isEqualTo("Called by nightly1,000 calls in 24 hCalled by notebook42 calls in 24 hCalled by people, without a key3 calls in 24 hKey batch-eumade for it");
        assertThat(asked).containsExactly(Ids.VISION + " research-vision/summarise-7b PT24H KEY");
    }

    @Test
    void whoeverCallsASharedOneIsNamedByProject() {
        called(Ids.VISION.toString(), "research-vision", 7);

        assertThat(of(1)).isEqualTo("Called by research-vision7 calls in 24 h");
        assertThat(asked).containsExactly("null qwen2.5-7b-instruct PT24H PROJECT");
    }

    @Test
    void thatNobodyCalledItIsSaid() {
        assertThat(of(3)).isEqualTo("Nobody called it in 24 hours, and no key is made for it alone");
    }

    @Test
    void whatCannotBeAskedIsSaidAndNotLeftAway() {
        down = new BackendProblem(Problem.INTERNAL, "quota-service does not answer.", null, null, Map.of());

        assertThat(of(2)).isEqualTo("Who called it latelycould not be asked: quota-service does not answer.");
    }
}
