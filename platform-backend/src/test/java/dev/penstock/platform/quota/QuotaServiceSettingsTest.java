package dev.penstock.platform.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.platform.running.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuotaServiceSettingsTest {

    private static final Map<String, String> GIVEN = Map.of(
            "penstock.quota-service.url", "http://q",
            "penstock.quota-service.client-id", "me",
            "penstock.quota-service.client-secret", "hidden",
            "penstock.quota-service.token-uri", "http://t");

    @Test
    void namesAndDefaultsAreThese() {
        assertThat(Settings.names(QuotaServiceSettings.class)).containsExactly(
                "penstock.quota-service.url",
                "penstock.quota-service.clientId",
                "penstock.quota-service.clientSecret",
                "penstock.quota-service.tokenUri",
                "penstock.quota-service.scopes",
                "penstock.quota-service.connectTimeout",
                "penstock.quota-service.readTimeout");
        assertThat(Settings.bind(QuotaServiceSettings.class, GIVEN)).isEqualTo(new QuotaServiceSettings(
                "http://q", "me", "hidden", "http://t",
                List.of("quota.registry", "quota.reservations", "quota.slice-time", "quota.routes"), Duration.ofSeconds(2), Duration.ofSeconds(5)));
    }

    @Test
    void theSecretIsNotInWhatIsLogged() {
        assertThat(Settings.bind(QuotaServiceSettings.class, GIVEN).toString()).doesNotContain("hidden");
    }
}
