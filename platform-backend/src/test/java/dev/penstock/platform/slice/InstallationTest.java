package dev.penstock.platform.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.platform.running.Settings;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names on a cluster are a promise to whoever has clusters with objects of ours. */
class InstallationTest {

    @Test
    void namesAndDefaultsAreThese() {
        assertThat(Settings.names(Installation.class)).containsExactly("penstock.installation.name");
        assertThat(Settings.bind(Installation.class, Map.of())).isEqualTo(new Installation("penstock"));
    }

    @Test
    void namesOfObjectsAreThese() {
        UUID id = UUID.fromString("00000000-0000-4000-8000-00000000000b");
        assertThat(new Installation("penstock").namespace(new ProjectId(id))).isEqualTo("penstock-00000000-0000-4000-8000-00000000000b").hasSizeLessThanOrEqualTo(63);
        assertThat(Installation.pod(new SliceId(id), 2)).isEqualTo("slice-00000000-0000-4000-8000-00000000000b-2").hasSizeLessThanOrEqualTo(63);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Penstock", "-p", "p-", "a-name-with-more-than-26-characters"})
    void whatCannotBeginANamespaceIsRefused(String name) {
        assertThatThrownBy(() -> new Installation(name)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("penstock.installation.name");
    }
}
