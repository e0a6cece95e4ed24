package dev.penstock.quota.underway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.CallId;
import dev.penstock.contract.EndpointId;
import dev.penstock.contract.TenantId;
import dev.penstock.quota.journal.Attempt;
import dev.penstock.quota.journal.Ended;
import dev.penstock.quota.journal.Settlement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UnderWayTest {

    private static final EndpointId ONE = new EndpointId(new UUID(0, 1));
    private static final EndpointId OTHER = new EndpointId(new UUID(0, 2));

    private final UnderWay underWay = new UnderWay();

    @Test
    void whatHasBegunCountsAtItsEndpointUntilItIsSettled() {
        begins(1, ONE);
        begins(2, ONE);
        begins(3, OTHER);
        assertThat(underWay.loads()).isEqualTo(Map.of(ONE, new Load(2, 60, 14, TestLife.TS), OTHER, new Load(1, 30, 7, TestLife.TS)));
        settled(1);
        settled(3);
        assertThat(underWay.loads()).isEqualTo(Map.of(ONE, new Load(1, 30, 7, TestLife.TS)));
        settled(2);
        assertThat(underWay.loads()).isEmpty();
    }

    @Test
    void whatIsToldTwiceOrNeverBeganHereChangesNothing() {
        begins(1, ONE);
        begins(1, ONE);
        settled(2);
        assertThat(underWay.loads()).isEqualTo(Map.of(ONE, new Load(1, 30, 7, TestLife.TS)));
        settled(1);
        settled(1);
        assertThat(underWay.loads()).isEmpty();
    }

    @Test
    void nothingBeginsAfterTheEnd() {
        begins(1, ONE);
        assertThat(underWay.end()).isFalse();
        assertThatThrownBy(() -> begins(2, ONE)).isInstanceOf(IllegalStateException.class);
        settled(1);
        assertThat(underWay.end()).isTrue();
    }

    private void begins(int call, EndpointId endpoint) {
        underWay.begins(TestLife.intent(attempt(call), endpoint));
    }

    private void settled(int call) {
        underWay.settled(List.of(new Ended(Settlement.notForwarded(attempt(call)), null)));
    }

    private static Attempt attempt(int call) {
        return new Attempt(new TenantId(new UUID(0, 9)), new CallId(new UUID(0, call)), 0);
    }
}
