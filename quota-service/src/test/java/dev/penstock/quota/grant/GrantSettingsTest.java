package dev.penstock.quota.grant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.frame.MissingSetting;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class GrantSettingsTest {

    private static final URI ADDRESS = URI.create("https://models.example.com/v1");

    @Test
    void defaults() {
        assertThat(bind(Map.of("penstock.grants.gateway-address", ADDRESS.toString()))).isEqualTo(new GrantSettings(ADDRESS, 10_000));
    }

    @Test
    void names() {
        assertThat(bind(Map.of("penstock.grants.gateway-address", ADDRESS.toString(), "penstock.grants.tokens-kept", "7"))).isEqualTo(new GrantSettings(ADDRESS, 7));
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new GrantSettings(ADDRESS, 0)).hasMessageContaining("tokens-kept");
        assertThatThrownBy(() -> bind(Map.of())).rootCause().isInstanceOf(MissingSetting.class).hasMessageContaining("penstock.grants.gateway-address");
    }

    private static GrantSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("penstock.grants", GrantSettings.class);
    }
}
