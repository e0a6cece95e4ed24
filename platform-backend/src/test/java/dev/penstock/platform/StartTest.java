package dev.penstock.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.frame.MissingSetting;
import dev.penstock.platform.running.Starting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Without what has no safe default the program does not start, and says what is missing. */
class StartTest {

    @Test
    void theProgramDoesNotStartWithoutThePasswordOfAJob() {
        assertThatThrownBy(() -> Starting.programWithout("penstock.database.reconcile.password")).satisfies(failure -> isMissing(failure, "penstock.database.reconcile.password"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "penstock.identity.issuer",
        "penstock.database.url",
        "penstock.quota-service.url",
        "penstock.quota-service.client-id",
        "penstock.quota-service.client-secret",
        "penstock.quota-service.token-uri",
    })
    void theStartNamesTheSettingThatIsMissing(String property) {
        assertThatThrownBy(() -> Starting.settingsWithout(property)).satisfies(failure -> isMissing(failure, property));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "penstock.access.pol=1s",
        "penstock.quota-service.client=x",
        "penstock.registry.back-off=1s",
        "penstock.request.lapse=7d",
        "penstock.database.web.user=x",
        "penstock.identity.admins=x",
    })
    void aSettingThatDoesNotExistStopsTheStart(String typo) {
        String property = typo.substring(0, typo.indexOf('='));
        assertThatThrownBy(() -> Starting.settingsWith("--" + typo)).satisfies(failure -> assertThat(rootCause(failure)).hasStackTraceContaining(property));
    }

    @Test
    void anHttpIssuerElsewhereStopsTheStart() {
        assertThatThrownBy(() -> Starting.settingsWith("--penstock.identity.issuer=http://login.example.com")).hasStackTraceContaining("loopback");
    }

    /** Or none of the others would prove anything. */
    @Test
    void withEverythingGivenTheSettingsAreAccepted() {
        assertThatCode(() -> Starting.settingsWith("--penstock.request.lapse-after=3d")).doesNotThrowAnyException();
    }

    private static void isMissing(Throwable failure, String property) {
        assertThat(rootCause(failure)).isInstanceOfSatisfying(MissingSetting.class, missing -> assertThat(missing.property()).isEqualTo(property));
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
