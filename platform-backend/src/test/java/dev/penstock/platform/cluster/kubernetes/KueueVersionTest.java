package dev.penstock.platform.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KueueVersionTest {

    @Test
    void theNewestThatIsKnownIsUsed() {
        assertThat(KueueObjects.newest(List.of("v1beta1", "v1beta2"))).isEqualTo("v1beta2");
        assertThat(KueueObjects.newest(List.of("v1alpha1", "v1beta1"))).isEqualTo("v1beta1");
        assertThat(KueueObjects.newest(List.of("v3"))).isNull();
    }
}
