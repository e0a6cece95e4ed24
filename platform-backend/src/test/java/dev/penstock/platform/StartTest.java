package dev.penstock.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.frame.MissingSetting;
import dev.penstock.platform.running.Starting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without what has no safe default the program does not start, and says what is missing. */
class StartTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "penstock.identity.issuer",
        "penstock.database.url",
        "penstock.database.web.username",
        "penstock.database.reconcile.password",
        "penstock.quota-service.url",
        "penstock.quota-service.client-secret",
        "penstock.quota-service.token-uri",
    })
    void theStartNamesTheSettingThatIsMissing(String property) {
        assertThatThrownBy(() -> Starting.without(property)).satisfies(failure -> assertThat(rootCause(failure))
                .isInstanceOfSatisfying(MissingSetting.class, missing -> assertThat(missing.property()).isEqualTo(property)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "penstock.access.pol=1s",
        "penstock.quota-service.client=x",
        "penstock.identity.admins=x",
    })
    void aSettingThatDoesNotExistStopsTheStart(String typo) {
        String property = typo.substring(0, typo.indexOf('='));
        assertThatThrownBy(() -> Starting.with("--" + typo)).satisfies(failure -> assertThat(rootCause(failure)).hasStackTraceContaining(property));
    }

    @Test
    void anHttpIssuerElsewhereStopsTheStart() {
        assertThatThrownBy(() -> Starting.with("--penstock.identity.issuer=http://login.example.com")).hasStackTraceContaining("loopback");
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
