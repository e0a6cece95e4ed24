package dev.penstock.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.frame.MissingSetting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** What has no safe default must be given, and a setting that does not exist is not passed over. */
class StartTest {

    private static final List<String> COMPLETE = RunningService.arguments("jdbc:postgresql://localhost:1/nowhere", "http://localhost:1");

    @ParameterizedTest
    @ValueSource(strings = {
        "penstock.identity.issuer", "penstock.database.url", "penstock.database.web.username", "penstock.database.reserve.password",
        "penstock.database.seal.password", "penstock.audit.origin", "penstock.audit.signing-key-file", "penstock.keys.pepper-file",
        "penstock.routes.secrets-key-file", "penstock.grants.gateway-address", "penstock.journal.folder"
    })
    void theStartNamesWhatIsMissing(String property) {
        List<String> arguments = new ArrayList<>(COMPLETE);
        assertThat(arguments.removeIf(argument -> argument.startsWith("--" + property + "="))).isTrue();
        assertThatThrownBy(() -> start(arguments)).hasRootCauseInstanceOf(MissingSetting.class).rootCause().hasMessageStartingWith(property + " is not set.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"penstock.reservation.latest-strat=1d", "penstock.access.pol=1s", "penstock.identity.isuer=x", "penstock.database.web.pasword=x", "penstock.gateway.most-cals=1", "penstock.usage.retenton=1m"})
    void aMisspeltSettingStopsTheStart(String misspelt) {
        List<String> arguments = new ArrayList<>(COMPLETE);
        arguments.add("--" + misspelt);
        assertThatThrownBy(() -> start(arguments)).hasStackTraceContaining(misspelt.substring(0, misspelt.indexOf('=')));
    }

    private static void start(List<String> arguments) {
        new SpringApplicationBuilder(QuotaService.class)
                .properties("spring.config.name=quota-service", "logging.level.root=off")
                .run(arguments.toArray(String[]::new))
                .close();
    }
}
