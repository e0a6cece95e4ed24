package dev.penstock.bench;

import dev.penstock.bench.measure.Ratios;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code ./penstock bench settlement} wrote down when it ran the last time on this machine. */
final class SettlementFigure {

    private SettlementFigure() {}

    static Optional<Ratios> in(Path results) {
        Path file = results.resolve("settlement.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode figure = JsonMapper.shared().readTree(file).required("settlementOverCopy");
        return Optional.of(new Ratios(figure.required("median").asDouble(), figure.required("low").asDouble(), figure.required("high").asDouble()));
    }
}
