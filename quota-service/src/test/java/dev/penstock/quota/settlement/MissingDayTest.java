package dev.penstock.quota.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.CallId;
import dev.penstock.quota.journal.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Usage of a day whose place was taken away between admission and settlement. Each test is about a day of its own, far ahead. */
class MissingDayTest {

    private final SpendBench bench = SpendBench.get();
    private final SpendBench.Tenant tenant = bench.tenant();

    @AfterEach
    void nothingIsHeld() {
        bench.clock.followRealTime();
        bench.isSoundAndQuiet(tenant);
    }

    @Test
    void anEndThatIsToldIsBookedAsItWasTold() {
        Instant day = noonIn(300);
        Attempt attempt = admitted(day);
        takeAway(day);
        bench.settle(SpendBench.completed(attempt, 90, 10));
        assertThat(rows()).containsExactly("200 f 90 10");
    }

    @Test
    void othersOfTheBatchAreBookedToo() {
        Instant day = noonIn(301);
        List<Attempt> attempts = List.of(admitted(day), tenant.admitted(tenant.ask(100, 50)), admitted(day));
        takeAway(day);
        assertThat(bench.apply(tenant.id(), attempts.stream().map(attempt -> SpendBench.completed(attempt, 90, 10)).toList())).isEqualTo(3);
        assertThat(rows()).containsExactly("200 f 90 10", "200 f 90 10", "200 f 90 10");
    }

    @Test
    void anEndThatNobodyToldIsFoundAndBookedAtItsBound() {
        Instant day = noonIn(302);
        admitted(day);
        takeAway(day);
        bench.clock.set(day.plus(Duration.ofHours(1)));
        bench.sweep.turn();
        assertThat(rows()).containsExactly("503 t 100 50");
    }

    private Attempt admitted(Instant at) {
        CallId call = SpendBench.callOf(at);
        return tenant.admitted(tenant.ask(call, 0, 100, 50));
    }

    private List<String> rows() {
        return tenant.usage("concat_ws(' ', status, estimated, input, output)");
    }

    private void takeAway(Instant day) {
        bench.service.execute("drop table quota.usage_" + DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.ofInstant(day, ZoneOffset.UTC)));
    }

    private Instant noonIn(int days) {
        return bench.clock.instant().truncatedTo(ChronoUnit.DAYS).plus(days, ChronoUnit.DAYS).plus(12, ChronoUnit.HOURS);
    }
}
