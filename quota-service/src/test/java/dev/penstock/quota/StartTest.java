package dev.penstock.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.frame.MissingSetting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** What has no safe default must be given, and a setting that does not exist is not passed over. */
class StartTest {

    private static final List<String> COMPLETE = RunningService.arguments("jdbc:postgresql://localhost:1/nowhere", "http://localhost:1");

    /** What a part of the program asks for itself, and what a settings record asks for: the whole program stops at both. */
    @ParameterizedTest
    @ValueSource(strings = {"penstock.database.web.username", "penstock.database.reserve.password", "penstock.database.seal.password", "penstock.audit.signing-key-file"})
    void theProgramDoesNotStartWithout(String property) {
        isMissing(property, new SpringApplicationBuilder(QuotaService.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "penstock.identity.issuer", "penstock.database.url", "penstock.audit.origin", "penstock.audit.signing-key-file", "penstock.keys.pepper-file",
        "penstock.routes.secrets-key-file", "penstock.grants.gateway-address", "penstock.journal.folder"
    })
    void theStartNamesWhatIsMissing(String property) {
        isMissing(property, settings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"penstock.reservation.latest-strat=1d", "penstock.access.pol=1s", "penstock.identity.isuer=x", "penstock.database.web.pasword=x", "penstock.gateway.most-cals=1", "penstock.usage.retenton=1m"})
    void aMisspeltSettingStopsTheStart(String misspelt) {
        List<String> arguments = new ArrayList<>(COMPLETE);
        arguments.add("--" + misspelt);
        assertThatThrownBy(() -> start(settings(), arguments)).hasStackTraceContaining(misspelt.substring(0, misspelt.indexOf('=')));
    }

    /** Or none of the others would prove anything. */
    @Test
    void withEverythingGivenTheSettingsAreAccepted() {
        assertThatCode(() -> start(settings(), COMPLETE)).doesNotThrowAnyException();
    }

    private static void isMissing(String property, SpringApplicationBuilder application) {
        List<String> arguments = new ArrayList<>(COMPLETE);
        assertThat(arguments.removeIf(argument -> argument.startsWith("--" + property + "="))).isTrue();
        assertThatThrownBy(() -> start(application, arguments))
                .hasRootCauseInstanceOf(MissingSetting.class)
                .rootCause()
                .hasMessageStartingWith(property + " is not set.");
    }

    /** Every settings record of the program and nothing else. */
    private static SpringApplicationBuilder settings() {
        return new SpringApplicationBuilder(SettingsOnly.class).web(WebApplicationType.NONE);
    }

    private static void start(SpringApplicationBuilder application, List<String> arguments) {
        application.properties("spring.config.name=quota-service", "logging.level.root=off").run(arguments.toArray(String[]::new)).close();
    }

    /** Not a configuration by annotation: the program's own scan would find it. */
    @ConfigurationPropertiesScan({"dev.penstock.quota", "dev.penstock.frame"})
    static class SettingsOnly {}
}
