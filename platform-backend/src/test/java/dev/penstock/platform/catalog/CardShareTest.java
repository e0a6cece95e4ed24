package dev.penstock.platform.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What pods ask for, also those that somebody else wrote. */
class CardShareTest {

    @ParameterizedTest(name = "{0} MiB and {1} cores")
    @CsvSource({"20389, 25", "20389, 0", "0, 100"})
    void aShareIsReadAsOneThing(int memory, int cores) {
        Map<String, Integer> asked = Map.of(CardShare.GPUS, 1, CardShare.MEMORY, memory, CardShare.CORES, cores, "example.com/nic", 1);
        assertThat(CardShare.read(asked)).isEqualTo(Map.of(new CardShare(memory, cores).resource(), 1, "example.com/nic", 1));
    }

    /** Of two containers, or by somebody who means a hundred of each GPU: the fleet is looked at all the same. */
    @ParameterizedTest(name = "{0} MiB and {1} cores")
    @CsvSource({"20389, 120", "-1, 25", "20389, -1"})
    void whatNoGpuHasStaysWhatItIs(int memory, int cores) {
        Map<String, Integer> asked = Map.of(CardShare.GPUS, 1, CardShare.MEMORY, memory, CardShare.CORES, cores);
        assertThat(CardShare.read(asked)).isEqualTo(asked);
    }
}
