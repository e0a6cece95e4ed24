package dev.penstock.platform.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.TenantRegistration;
import dev.penstock.platform.running.QuotaFake;
import dev.penstock.platform.running.RunningPlatform;
import dev.penstock.platform.running.Tenancy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What quota-service is told of tenants. */
class RegistryPublisherTest {

    private final RunningPlatform platform = RunningPlatform.shared();
    private final Tenancy own = platform.tenancy();

    @AfterEach
    void quotaWorksAgain() {
        platform.quota().answerWith(0);
        platform.quota().silent(false);
    }

    @Test
    void quotaServiceIsToldOfTheTenantWithItsProjectsAndMembers() {
        awaitConfirmed();
        TenantRegistration told = platform.quota().registered(own.tenant()).orElseThrow();
        assertThat(told.name()).isEqualTo(own.name());
        assertThat(told.timeZone()).isEqualTo("Europe/Zurich");
        assertThat(told.currency()).isEqualTo("CHF");
        assertThat(told.projects()).extracting(TenantRegistration.Project::name).containsExactly("alpha");
        assertThat(told.members()).extracting(TenantRegistration.Member::principal).containsExactlyInAnyOrder(own.name() + "-owners", own.name() + "-alpha");
    }

    @Test
    void itIsToldByTheServiceItselfNotInAPersonsName() {
        awaitConfirmed();
        assertThat(platform.quota().received())
                .filteredOn(call -> call.path().endsWith("/" + own.tenant()))
                .extracting(QuotaFake.Received::authorization)
                .isNotEmpty()
                .allSatisfy(token -> assertThat(payload(token)).contains("\"sub\":\"platform-backend\"").contains("quota.registry"));
    }

    @ParameterizedTest(name = "answers with {0}")
    @CsvSource({"503", "500", "403", "-1"})
    void whatChangedDuringAnOutageIsToldAfterIt(int failure) {
        awaitConfirmed();
        long before = platform.quota().registered(own.tenant()).orElseThrow().version();
        platform.quota().answerWith(Math.max(0, failure));
        platform.quota().silent(failure < 0);
        int callsBefore = platform.quota().received().size();
        addProject("during");
        addProject("the-outage");
        await().until(() -> platform.quota().received().size() > callsBefore + 1);
        assertThat(platform.quota().registered(own.tenant()).orElseThrow().version()).isEqualTo(before);

        platform.quota().answerWith(0);
        platform.quota().silent(false);
        awaitConfirmed();
        TenantRegistration told = platform.quota().registered(own.tenant()).orElseThrow();
        assertThat(told.version()).isEqualTo(before + 2);
        assertThat(told.projects()).extracting(TenantRegistration.Project::name).containsExactlyInAnyOrder("alpha", "during", "the-outage");
    }

    @Test
    void aChangeThatChangesNothingIsNotTold() {
        awaitConfirmed();
        long before = platform.quota().registered(own.tenant()).orElseThrow().version();
        platform.put(own.path(), platform.admin(), own.spec(own.name()));
        assertThat(version()).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0} failures → {1}")
    @CsvSource({"1, PT1S", "2, PT2S", "3, PT4S", "5, PT16S", "6, PT30S", "1000, PT30S"})
    void thePauseDoublesUpToItsBound(int failures, Duration pause) {
        RegistrySettings settings = new RegistrySettings(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(30));
        assertThat(settings.backOff().after(failures)).isEqualTo(pause);
    }

    private void addProject(String name) {
        assertThat(platform.put(own.path() + "/projects/" + new ProjectId(platform.nextId()), platform.admin(), Map.of("name", name)).status()).isEqualTo(200);
    }

    private void awaitConfirmed() {
        await().until(() -> platform.quota().registered(own.tenant()).map(TenantRegistration::version).orElse(0L) == version());
    }

    private long version() {
        return platform.context().getBean(RegistrationTable.class).read(own.tenant()).version();
    }

    private static String payload(String bearer) {
        return new String(Base64.getUrlDecoder().decode(bearer.substring("Bearer ".length()).split("\\.")[1]), StandardCharsets.UTF_8);
    }
}
