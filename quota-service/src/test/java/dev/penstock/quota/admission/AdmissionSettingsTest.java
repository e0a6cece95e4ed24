package dev.penstock.quota.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AdmissionSettingsTest {

    @Test
    void namesAndDefaults() {
        assertThat(bind(Map.of())).isEqualTo(new AdmissionSettings(null, AdmissionSettings.Mode.ALLOTMENTS));
        assertThat(bind(Map.of("penstock.admission.replica", "quota-service-0"))).isEqualTo(new AdmissionSettings("quota-service-0", AdmissionSettings.Mode.ALLOTMENTS));
        assertThat(bind(Map.of("penstock.admission.replica", "quota-service-0", "penstock.admission.mode", "direct")))
                .isEqualTo(new AdmissionSettings("quota-service-0", AdmissionSettings.Mode.DIRECT));
    }

    @Test
    void aNameIsAName() {
        assertThatThrownBy(() -> new AdmissionSettings(" ", AdmissionSettings.Mode.DIRECT)).hasMessageContaining("penstock.admission.replica");
        assertThatThrownBy(() -> new AdmissionSettings("x".repeat(201), AdmissionSettings.Mode.DIRECT)).hasMessageContaining("penstock.admission.replica");
    }

    private static AdmissionSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("penstock.admission", AdmissionSettings.class);
    }
}
