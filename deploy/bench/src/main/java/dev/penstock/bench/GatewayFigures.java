package dev.penstock.bench;

import dev.penstock.bench.measure.Ratios;
import dev.penstock.bench.subject.Penstock;
import dev.penstock.bench.subject.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What Penstock is beside others, each figure within a round. What cannot be had because a subject did not take part is absent. */
final class GatewayFigures {

    private static final DoubleBinaryOperator RATIO = (of, over) -> of / over;
    private static final DoubleBinaryOperator DIFFERENCE = (of, over) -> of - over;

    private static final List<Figure> FIGURES = List.of(
            new Figure("cpuPerCallOverHaproxy", Proxy.HAPROXY, Measured::microsACall, RATIO),
            new Figure("cpuPerChunkOverHaproxy", Proxy.HAPROXY, Measured::microsAChunk, RATIO),
            new Figure("callsOverNginx", Proxy.NGINX, Measured::callsPerSecond, RATIO),
            new Figure("callsOverSpringCloudGateway", Proxy.SPRING_CLOUD_GATEWAY, Measured::callsPerSecond, RATIO),
            new Figure("addedP99MicrosOverHaproxy", Proxy.HAPROXY, Measured::p99Micros, DIFFERENCE),
            new Figure("accountingOnOverOff", Penstock.UNMETERED, Measured::callsPerSecond, RATIO));

    private static final String SETTLEMENT = "settlementOverCopy";

    private final List<Map<String, Measured>> rounds;
    private final Optional<Ratios> settlement;

    /** @param settlement what another benchmark wrote down */
    GatewayFigures(List<Map<String, Measured>> rounds, Optional<Ratios> settlement) {
        this.rounds = rounds;
        this.settlement = settlement;
    }

    /** Those that there are, by name. */
    Map<String, Ratios> all() {
        Map<String, Ratios> all = new LinkedHashMap<>();
        FIGURES.forEach(figure -> figure.of(rounds).ifPresent(value -> all.put(figure.name(), value)));
        settlement.ifPresent(value -> all.put(SETTLEMENT, value));
        return all;
    }

    /** Of those that there could be. */
    List<String> absent() {
        return Stream.concat(FIGURES.stream().map(Figure::name), Stream.of(SETTLEMENT)).filter(name -> !all().containsKey(name)).toList();
    }

    /** @param over whom Penstock is compared with */
    private record Figure(String name, String over, ToDoubleFunction<Measured> value, DoubleBinaryOperator comparison) {

        Optional<Ratios> of(List<Map<String, Measured>> rounds) {
            List<Double> values = new ArrayList<>();
            for (Map<String, Measured> round : rounds) {
                Measured penstock = round.get(Penstock.FULL);
                Measured other = round.get(over);
                if (penstock != null && other != null) {
                    values.add(comparison.applyAsDouble(value.applyAsDouble(penstock), value.applyAsDouble(other)));
                }
            }
            return values.isEmpty() ? Optional.empty() : Optional.of(Ratios.of(values));
        }
    }
}
