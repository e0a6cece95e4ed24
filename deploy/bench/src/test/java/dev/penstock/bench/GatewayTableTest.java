package dev.penstock.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayTableTest {

    @Test
    void showsMediansAndWhatIsAddedOverTheUpstreamInTheSameRound() {
        List<Map<String, Measured>> rounds = List.of(
                round(measured(30_000, Double.NaN, 100, List.of()), measured(10_000, 50, 300, List.of())),
                round(measured(30_000, Double.NaN, 200, List.of()), measured(12_000, 54, 260, List.of("3 calls broken"))),
                round(measured(30_000, Double.NaN, 100, List.of()), measured(11_000, 52, 290, List.of())));

        List<String> lines = GatewayTable.of(rounds).lines().toList();

        assertThat(words(lines.get(1))).containsExactly("direct", "30,000", "–", "–", "–", "70", "100", "–", "–", "–", "3", "0.0");
        assertThat(words(lines.get(2))).containsExactly("haproxy", "11,000", "52.0", "–", "26.0", "203", "290", "133", "190", "99", "3", "0.0");
        assertThat(lines.get(3)).isEqualTo("! haproxy: 3 calls broken");
    }

    private static Map<String, Measured> round(Measured direct, Measured haproxy) {
        Map<String, Measured> round = new LinkedHashMap<>();
        round.put("direct", direct);
        round.put("haproxy", haproxy);
        return round;
    }

    private static Measured measured(double calls, double micros, double p99, List<String> flaws) {
        double share = Double.isNaN(micros) ? Double.NaN : 0.99;
        return new Measured(calls, micros, Double.NaN, micros / 2, p99 * 0.7, p99, share, 0.03, 0, flaws);
    }

    private static String[] words(String line) {
        return line.strip().split(" +");
    }
}
