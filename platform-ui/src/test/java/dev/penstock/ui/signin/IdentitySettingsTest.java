package dev.penstock.ui.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class IdentitySettingsTest {

    private static final String ISSUER = "penstock.identity.issuer=https://login.example.org/realm";
    private static final String CLIENT = "penstock.identity.client-id=platform-ui";
    private static final String SECRET = "penstock.identity.client-secret=s3cret";

    private final ApplicationContextRunner portal = new ApplicationContextRunner().withUserConfiguration(Configured.class);

    @EnableConfigurationProperties(IdentitySettings.class)
    static class Configured {}

    @Test
    void namesAndDefaults() {
        portal.withPropertyValues(ISSUER, CLIENT, SECRET).run(context -> assertThat(context.getBean(IdentitySettings.class))
                .isEqualTo(new IdentitySettings(
                        URI.create("https://login.example.org/realm"),
                        "penstock",
                        "name",
                        "groups",
                        List.of(),
                        List.of(),
                        List.of(),
                        Duration.ofSeconds(5),
                        "platform-ui",
                        "s3cret",
                        Set.of("openid", "profile"))));
    }

    @Test
    void everyNameCanBeSet() {
        portal.withPropertyValues(
                        ISSUER,
                        CLIENT,
                        SECRET,
                        "penstock.identity.audience=a",
                        "penstock.identity.name-claim=n",
                        "penstock.identity.groups-claim=g",
                        "penstock.identity.admin-groups=admins,more",
                        "penstock.identity.auditor-groups=auditors",
                        "penstock.identity.finance-groups=finance",
                        "penstock.identity.clock-skew=2s",
                        "penstock.identity.scopes=openid,offline_access")
                .run(context -> assertThat(context.getBean(IdentitySettings.class))
                        .isEqualTo(new IdentitySettings(
                                URI.create("https://login.example.org/realm"),
                                "a",
                                "n",
                                "g",
                                List.of("admins", "more"),
                                List.of("auditors"),
                                List.of("finance"),
                                Duration.ofSeconds(2),
                                "platform-ui",
                                "s3cret",
                                Set.of("openid", "offline_access"))));
    }

    @ParameterizedTest
    @CsvSource({"issuer", "client-id", "client-secret"})
    void theStartNamesWhatIsMissing(String name) {
        List<String> others = List.of(ISSUER, CLIENT, SECRET).stream().filter(each -> !each.contains("." + name + "=")).toList();

        portal.withPropertyValues(others.toArray(String[]::new))
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageStartingWith("penstock.identity." + name + " is not set"));
    }

    @Test
    void aTypoStopsTheStart() {
        portal.withPropertyValues(ISSUER, CLIENT, SECRET, "penstock.identity.isuer=x")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("penstock.identity.isuer"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://login.example.org", "ftp://localhost", "login"})
    void anIssuerThatOthersCouldReadAlongIsRefused(String issuer) {
        portal.withPropertyValues("penstock.identity.issuer=" + issuer, CLIENT, SECRET)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("must be an https address"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8100", "http://127.0.0.1:8100", "http://[::1]:8100"})
    void onThisMachineHttpIsAccepted(String issuer) {
        portal.withPropertyValues("penstock.identity.issuer=" + issuer, CLIENT, SECRET).run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void theSecretDoesNotGetIntoLogs() {
        portal.withPropertyValues(ISSUER, CLIENT, SECRET)
                .run(context -> assertThat(context.getBean(IdentitySettings.class).toString()).doesNotContain("s3cret"));
    }
}
