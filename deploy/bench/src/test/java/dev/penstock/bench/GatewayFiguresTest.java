package dev.penstock.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.bench.measure.Ratios;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayFiguresTest {

    private static final Measured HAPROXY = measured(30_000, 25, 10, 300);
    private static final Measured PENSTOCK = measured(12_000, 75, 15, 420);
    private static final Measured OFF = measured(16_000, 55, 14, 350);

    @Test
    void areMadeWithinARound() {
        Map<String, Ratios> figures = new GatewayFigures(
                List.of(
                        Map.of("haproxy", HAPROXY, "penstock", PENSTOCK, "accounting-off", OFF),
                        Map.of("haproxy", measured(30_000, 50, 20, 400), "penstock", measured(12_000, 75, 20, 460), "accounting-off", OFF),
                        Map.of("haproxy", HAPROXY, "penstock", measured(8_000, 100, 15, 400), "accounting-off", OFF)),
                Optional.empty()).all();

        assertThat(figures).containsOnly(
                Map.entry("cpuPerCallOverHaproxy", new Ratios(3, 1.5, 4)),
                Map.entry("cpuPerChunkOverHaproxy", new Ratios(1.5, 1, 1.5)),
                Map.entry("addedP99MicrosOverHaproxy", new Ratios(100, 60, 120)),
                Map.entry("accountingOnOverOff", new Ratios(0.75, 0.5, 0.75)));
    }

    @Test
    void takeOverWhatTheSettlementWroteDown() {
        Ratios settlement = new Ratios(0.29, 0.2, 0.43);

        assertThat(new GatewayFigures(List.of(Map.of("penstock", PENSTOCK)), Optional.of(settlement)).all())
                .isEqualTo(new LinkedHashMap<>(Map.of("settlementOverCopy", settlement)));
    }

    private static Measured measured(double calls, double call, double chunk, double p99) {
        return new Measured(calls, call, 0, chunk, p99 / 2, p99, 1, 0, 0, List.of());
    }
}
