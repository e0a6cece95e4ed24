package dev.penstock.ui.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.platform.GpuView;
import dev.penstock.contract.platform.NodeView;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forty-five nodes; on the seventh is risk's slice eval, the ninth is not ready, the twelfth is cordoned. */
class NodesPageTest extends ScreenTest {

    private static final List<NodeView> NODES = IntStream.rangeClosed(1, 45).mapToObj(NodesPageTest::node).toList();

    private static NodeView node(int number) {
        GpuView.Holder holder = new GpuView.Holder(Ids.slice(1), "eval", Ids.RISK, "risk", Ids.VISION, "risk-scoring", SliceState.READY);
        return new NodeView(
                "gpu-%02d".formatted(number), "NVIDIA-H100-80GB-HBM3", "NVIDIA H100 80 GB", number != 9, number != 12, false, List.of(), List.of(), Instant.EPOCH,
                number == 7 ? List.of(holder) : List.of(), null, List.of());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            words        | page | first  | last   | pages | told
            -            | -    | gpu-01 | gpu-20 | 3     | 1 to 20 of 45 nodes
            -            | 2    | gpu-21 | gpu-40 | 3     | 21 to 40 of 45 nodes
            -            | 3    | gpu-41 | gpu-45 | 3     | 41 to 45 of 45 nodes
            -            | 9    | gpu-41 | gpu-45 | 3     | 41 to 45 of 45 nodes
            -            | -4   | gpu-01 | gpu-20 | 3     | 1 to 20 of 45 nodes
            -            | last | gpu-01 | gpu-20 | 3     | 1 to 20 of 45 nodes
            GPU-4        | 3    | gpu-40 | gpu-45 | 1     | 1 to 6 of 6 nodes
            eval         | -    | gpu-07 | gpu-07 | 1     | 1 to 1 of 1 node
            risk-scoring | -    | gpu-07 | gpu-07 | 1     | 1 to 1 of 1 node
            not ready    | -    | gpu-09 | gpu-09 | 1     | 1 to 1 of 1 node
            cordoned     | -    | gpu-12 | gpu-12 | 1     | 1 to 1 of 1 node
            h200         | -    | -      | -      | 1     | No node matches
            """, useHeadersInDisplayName = true)
    void aPageIsWhatTheAddressSays(String words, String page, String first, String last, int pages, String told) {
        Address address = Address.of("fleet").with("q", words).with("page", page);
        NodesPage shown = NodesPage.of(NODES, address);
        assertThat(shown.pages()).isEqualTo(pages);
        assertThat(shown.shown().stream().map(NodeView::name).findFirst().orElse(null)).isEqualTo(first);
        assertThat(shown.shown().isEmpty() ? null : shown.shown().getLast().name()).isEqualTo(last);
        assertThat(shown.pages(address).getElement().getTextRecursively()).startsWith(told);
    }

    @Test
    void aLargeFleetIsDrawnAPageAtATimeAndCountedWhole() {
        services.nodes.clear();
        services.nodes.addAll(NODES);
        open(Persona.ADMIN, "fleet?page=2");
        assertThat(screen()).contains("Fleet 45 nodes, 0 GPUs", "21 to 40 of 45 nodes", "gpu-21 In service", "gpu-40 In service").doesNotContain("gpu-20 In service", "gpu-41 In service");

        open(Persona.ADMIN, "fleet?q=eval");
        assertThat(screen()).contains("1 to 1 of 1 node", "gpu-07 In service").doesNotContain("gpu-06");
    }
}
