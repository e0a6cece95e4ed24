package dev.penstock.ui.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ServiceSettingsTest {

    private static final String BACKEND = "penstock.platform-backend.url=http://localhost:8081";
    private static final String QUOTA = "penstock.quota-service.url=https://quota.example.org";

    private final ApplicationContextRunner portal = new ApplicationContextRunner().withUserConfiguration(Configured.class);

    @EnableConfigurationProperties({PlatformBackendSettings.class, QuotaServiceSettings.class, PlaygroundSettings.class})
    static class Configured {}

    @Test
    void namesAndDefaults() {
        portal.withPropertyValues(BACKEND, QUOTA).run(context -> {
            assertThat(context.getBean(PlatformBackendSettings.class))
                    .isEqualTo(new PlatformBackendSettings(URI.create("http://localhost:8081"), Duration.ofSeconds(2), Duration.ofSeconds(15)));
            assertThat(context.getBean(QuotaServiceSettings.class))
                    .isEqualTo(new QuotaServiceSettings(URI.create("https://quota.example.org"), Duration.ofSeconds(2), Duration.ofSeconds(60)));
            assertThat(context.getBean(PlaygroundSettings.class)).isEqualTo(new PlaygroundSettings(null, Duration.ofSeconds(2)));
        });
    }

    @Test
    void everyNameCanBeSet() {
        portal.withPropertyValues(
                        BACKEND,
                        QUOTA,
                        "penstock.platform-backend.connect-timeout=1s",
                        "penstock.platform-backend.read-timeout=3s",
                        "penstock.quota-service.connect-timeout=1s",
                        "penstock.quota-service.read-timeout=4s",
                        "penstock.playground.gateway-url=http://gateway.internal:8090/v1",
                        "penstock.playground.connect-timeout=3s")
                .run(context -> {
                    assertThat(context.getBean(PlatformBackendSettings.class).readTimeout()).isEqualTo(Duration.ofSeconds(3));
                    assertThat(context.getBean(QuotaServiceSettings.class).readTimeout()).isEqualTo(Duration.ofSeconds(4));
                    assertThat(context.getBean(PlaygroundSettings.class))
                            .isEqualTo(new PlaygroundSettings(URI.create("http://gateway.internal:8090/v1"), Duration.ofSeconds(3)));
                });
    }

    @Test
    void theStartNamesWhatIsMissing() {
        portal.withPropertyValues(BACKEND)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageStartingWith("penstock.quota-service.url is not set"));
        portal.withPropertyValues(QUOTA)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageStartingWith("penstock.platform-backend.url is not set"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8081", "/api", "ftp://localhost"})
    void whatIsNoAddressIsRefused(String url) {
        portal.withPropertyValues("penstock.platform-backend.url=" + url, QUOTA)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("must be an http or https address"));
    }

    @Test
    void aTypoStopsTheStart() {
        portal.withPropertyValues(BACKEND, QUOTA, "penstock.quota-service.uri=x")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("penstock.quota-service.uri"));
    }
}
