package dev.penstock.ui.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeNameTest {

    @Test
    void aClusterBesideTheFirstStandsBehindTheNode() {
        assertThat(NodeName.inWords("gpu-07")).isEqualTo("gpu-07");
        assertThat(NodeName.inWords("east:gpu-07")).isEqualTo("gpu-07 in east");
    }
}
