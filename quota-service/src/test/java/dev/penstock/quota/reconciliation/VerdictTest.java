package dev.penstock.quota.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.CallId;
import dev.penstock.contract.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The arithmetic over several comparisons. */
class VerdictTest {

    private static final Instant START = Instant.parse("2026-11-01T08:00:00Z");
    private static final OpenEnd CUT_OFF = new OpenEnd(new TenantId(new UUID(1, 1)), new CallId(new UUID(1, 2)), 0, 0, Amount.NONE, new Amount(0, 9));

    @Test
    void whatIsExplainedIsNotFoundAgain() {
        Known.Balance last = new Known.Balance(new Amount(100, 50), new Amount(100, 50));
        Verdict first = Verdict.since(last, counted(110, 63), new Amount(10, 10), Explanation.of(new Amount(0, 3), List.of(CUT_OFF)));
        assertThat(first.unexplained()).isEqualTo(Amount.NONE);
        Verdict second = Verdict.since(first.balance(), counted(120, 73), new Amount(10, 10), Explanation.NONE);
        assertThat(second.unexplained()).isEqualTo(Amount.NONE);
        assertThat(second.balance().unexplained()).isEqualTo(Amount.NONE);
    }

    @Test
    void whatIsUnexplainedIsToldOnceAndStaysInTheBalance() {
        Verdict first = Verdict.since(Known.Balance.NONE, counted(11, 7), Amount.NONE, Explanation.NONE);
        assertThat(first.unexplained()).isEqualTo(new Amount(11, 7));
        Verdict second = Verdict.since(first.balance(), counted(31, 17), new Amount(20, 10), Explanation.NONE);
        assertThat(second.unexplained()).isEqualTo(Amount.NONE);
        assertThat(second.balance().unexplained()).isEqualTo(new Amount(11, 7));
    }

    /** A journal that turns up after all: what nothing explained is booked then. */
    @Test
    void whatIsBookedLateTakesItBack() {
        Verdict first = Verdict.since(Known.Balance.NONE, counted(11, 7), Amount.NONE, Explanation.NONE);
        Verdict late = Verdict.since(first.balance(), counted(11, 7), new Amount(11, 7), Explanation.NONE);
        assertThat(late.unexplained()).isEqualTo(new Amount(-11, -7));
        assertThat(late.balance().unexplained()).isEqualTo(Amount.NONE);
    }

    @Test
    void aProcessThatNobodyFollowedIsTakenAsItIs() {
        Verdict base = Verdict.baseline(counted(1_000, 500), null);
        assertThat(base.unexplained()).isEqualTo(Amount.NONE);
        assertThat(base.balance().unexplained()).isEqualTo(Amount.NONE);
    }

    @Test
    void ofANewProcessOnlyWhatBeganWithItIsCompared() {
        Verdict verdict = Verdict.ofProcess(counted(30, 12), new Amount(30, 10), Explanation.NONE, new Amount(70, 40));
        assertThat(verdict.unexplained()).isEqualTo(new Amount(0, 2));
        assertThat(verdict.uncompared()).isEqualTo(new Amount(70, 40));
        assertThat(verdict.balance()).isEqualTo(new Known.Balance(new Amount(30, 12), new Amount(30, 10)));
    }

    private static EngineCounters counted(long input, long output) {
        return new EngineCounters(START, new Amount(input, output), true);
    }
}
