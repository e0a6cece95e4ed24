package dev.penstock.quota.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.frame.MissingSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class AuditSettingsTest {

    private static final String[] NECESSARY = {
        "penstock.audit.origin=audit.test", "penstock.audit.signing-key-file=/keys/audit", "penstock.audit.checkpoint-file=/copies/audit"
    };

    private final ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void namesAndDefaultsAreThese() {
        runner.withPropertyValues(NECESSARY).run(context -> assertThat(context.getBean(AuditSettings.class)).isEqualTo(
                new AuditSettings("audit.test", Path.of("/keys/audit"), Path.of("/copies/audit"), Duration.ofSeconds(10), Duration.ofSeconds(1))));
        runner.withPropertyValues(NECESSARY).withPropertyValues("penstock.audit.checkpoint-every=5s", "penstock.audit.poll=200ms").run(context -> {
            assertThat(context.getBean(AuditSettings.class).checkpointEvery()).isEqualTo(Duration.ofSeconds(5));
            assertThat(context.getBean(AuditSettings.class).poll()).isEqualTo(Duration.ofMillis(200));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"penstock.audit.origin", "penstock.audit.signing-key-file", "penstock.audit.checkpoint-file"})
    void withoutANecessaryOneTheStartIsRefusedAndSaysWhich(String missing) {
        String[] rest = Stream.of(NECESSARY).filter(setting -> !setting.startsWith(missing + "=")).toArray(String[]::new);
        runner.withPropertyValues(rest).run(context -> assertThat(context).getFailure().hasRootCauseInstanceOf(MissingSetting.class).rootCause().hasMessageStartingWith(missing + " "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"penstock.audit.checkpoint-evry=5s", "penstock.audit.poll=0s", "penstock.audit.checkpoint-every=-1s"})
    void aTypoOrNonsenseStopsTheStart(String wrong) {
        runner.withPropertyValues(NECESSARY).withPropertyValues(wrong).run(context -> assertThat(context).hasFailed());
    }

    @EnableConfigurationProperties(AuditSettings.class)
    static class Settings {}
}
