package dev.penstock.bench.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HeapTest {

    @Test
    void objectsCountAndWhatStandsInForThoseThatAreGoneDoesNot() {
        assertThat(Heap.live("""
                16829:
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:        118856        9000000  [B (java.base@25.0.3)
                   2:           357        6118232  [Ljdk.internal.vm.FillerElement; (java.base@25.0.3)
                   3:            12            500  dev.penstock.quota.usage.UsageRow
                Total        119225       15118732
                """)).isEqualTo(9_000_500);
    }

    @Test
    void whatIsNoHistogramIsShown() {
        assertThatThrownBy(() -> Heap.live("16829: No such process")).hasMessage("A heap cannot be read: 16829: No such process");
    }
}
