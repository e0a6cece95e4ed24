package dev.penstock.frametest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.TenantId;
import dev.penstock.db.testing.TestDatabase;
import dev.penstock.frame.ServiceFrame;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.jobs.JobsInUse;
import dev.penstock.frame.identity.Actor;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One connection, two tenants, and everything that could leave a tenant behind on that connection. */
class TenantIsolationTest {

    private static final Actor ACTOR = Actor.system("test");
    private static final TenantId ONE = new TenantId(new UUID(1, 1));
    private static final TenantId TWO = new TenantId(new UUID(2, 2));
    private static final int TRANSACTIONS = 10_000;

    private static TestDatabase database;
    private static ConfigurableApplicationContext context;
    private static JobTransactions transactions;
    private static JdbcClient jdbc;

    @BeforeAll
    static void start() throws Exception {
        database = TestDatabase.create();
        try (var connection = database.connectAsAdmin(); var statement = connection.createStatement()) {
            for (TenantId tenant : List.of(ONE, TWO)) {
                statement.execute("insert into platform.tenant (id, name, title, time_zone, currency, created_at) values ('%s', 't%s', 't', 'UTC', 'EUR', now())"
                        .formatted(tenant, tenant.value().getMostSignificantBits()));
                for (int i = 0; i < 5; i++) {
                    statement.execute("insert into platform.project (tenant_id, id, name, uid, created_at) values ('%s', gen_random_uuid(), 'p%d', gen_random_uuid(), now())"
                            .formatted(tenant, i + 10));
                }
            }
        }
        context = new SpringApplicationBuilder(Frame.class)
                .web(WebApplicationType.SERVLET)
                .properties(
                        "server.port=0",
                        "penstock.identity.issuer=http://localhost:1",
                        "penstock.database.url=" + database.url(),
                        "penstock.database.statement-timeout=2s",
                        "penstock.database.web.username=platform_web",
                        "penstock.database.web.password=" + TestDatabase.PASSWORD,
                        "penstock.database.web.pool-size=1",
                        "penstock.database.snapshot.username=platform_snapshot",
                        "penstock.database.snapshot.password=" + TestDatabase.PASSWORD)
                .run();
        transactions = context.getBean(JobTransactions.class);
        jdbc = context.getBean(JdbcClient.class);
    }

    @AfterAll
    static void stop() {
        context.close();
        database.close();
    }

    @Test
    void tenThousandAlternatingTransactionsOnOneConnectionSeeNoForeignRow() {
        Random random = new Random(42);
        int read = 0;
        for (int i = 0; i < TRANSACTIONS; i++) {
            TenantId tenant = i % 2 == 0 ? ONE : TWO;
            switch (random.nextInt(100)) {
                case 0 -> assertThatThrownBy(() -> transactions.inTenant(Job.WEB, ACTOR, tenant, () -> jdbc.sql("select 1/0").query().singleRow()))
                        .isInstanceOf(DataAccessException.class);
                case 1 -> assertThatThrownBy(() -> transactions.inTenant(Job.WEB, ACTOR, tenant, () -> {
                            jdbc.sql("insert into platform.project (tenant_id, id, name, uid, created_at) values (:t::uuid, gen_random_uuid(), 'p10', gen_random_uuid(), now())")
                                    .param("t", tenant.toString()).update();
                            return true;
                        })).isInstanceOf(DataAccessException.class);
                case 2 -> assertThatThrownBy(() -> transactions.inTenant(Job.WEB, ACTOR, tenant, () -> {
                            throw new IllegalStateException("thrown by the feature");
                        })).isInstanceOf(IllegalStateException.class);
                case 3 -> {
                    if (i % 1000 < 20) {
                        assertThatThrownBy(() -> transactions.inTenant(Job.WEB, ACTOR, tenant, () -> jdbc.sql("set local statement_timeout = 5; select pg_sleep(1)").update()))
                                .isInstanceOf(DataAccessException.class);
                    }
                }
                case 4 -> assertThat(transactions.<Long>acrossTenants(Job.WEB, ACTOR, this::countProjects)).as("no tenant, no rows").isZero();
                default -> {
                    List<UUID> seen = transactions.inTenant(Job.WEB, ACTOR, tenant, () -> jdbc.sql("select tenant_id from platform.project").query(UUID.class).list());
                    assertThat(seen).hasSize(5).containsOnly(tenant.value());
                    read++;
                }
            }
        }
        assertThat(read).isGreaterThan(9_000);
    }

    @Test
    void theDatabaseCannotBeReachedWithoutAJob() {
        assertThatThrownBy(this::countProjects).hasStackTraceContaining("outside of JobTransactions");
    }

    @Test
    void aTransactionNeverChangesItsTenant() {
        assertThatThrownBy(() -> transactions.inTenant(Job.WEB, ACTOR, ONE, () -> transactions.inTenant(Job.WEB, ACTOR, TWO, this::countProjects)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void ofTwoTenantsEachPartSeesItsOwnAndBetweenThemNoneIsSeen() {
        List<Long> seen = transactions.amongTenants(Job.WEB, ACTOR, () -> List.of(
                countProjects(),
                transactions.inTenant(Job.WEB, ACTOR, ONE, () -> rename(ONE) + rename(TWO)),
                countProjects(),
                transactions.inTenant(Job.WEB, ACTOR, TWO, () -> transactions.inTenant(Job.WEB, ACTOR, TWO, this::countProjects)),
                countProjects()));
        assertThat(seen).containsExactly(0L, 5L, 0L, 5L, 0L);
    }

    @Test
    void ofTwoTenantsBothChangeOrNeither() {
        assertThatThrownBy(() -> transactions.amongTenants(Job.WEB, ACTOR, () -> {
            transactions.inTenant(Job.WEB, ACTOR, ONE, () -> jdbc.sql("update platform.project set name = 'changed-' || name").update());
            return transactions.inTenant(Job.WEB, ACTOR, TWO, () -> jdbc.sql("select 1/0").query().singleRow());
        })).isInstanceOf(DataAccessException.class);
        assertThat(transactions.<Long>inTenant(Job.WEB, ACTOR, ONE, () -> jdbc.sql("select count(*) from platform.project where name like 'changed-%'").query(Long.class).single()))
                .isZero();
    }

    @Test
    void aPartIsOfTheSameJobAndHasNoPartsOfAnotherTenant() {
        assertThatThrownBy(() -> transactions.amongTenants(Job.WEB, ACTOR, () -> transactions.inTenant(Job.ORG, ACTOR, ONE, this::countProjects)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> transactions.amongTenants(Job.WEB, ACTOR, () -> transactions.inTenant(Job.WEB, ACTOR, ONE, () ->
                transactions.inTenant(Job.WEB, ACTOR, TWO, this::countProjects)))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void writingForAnotherTenantIsRefusedByTheDatabase() {
        assertThatThrownBy(() -> transactions.inTenant(Job.WEB, ACTOR, ONE, () -> jdbc.sql(
                        "insert into platform.project (tenant_id, id, name, uid, created_at) values (:t::uuid, gen_random_uuid(), 'mine', gen_random_uuid(), now())")
                .param("t", TWO.toString()).update())).hasStackTraceContaining("row-level security");
    }

    /** @return how many rows of the tenant could be touched */
    private long rename(TenantId tenant) {
        return jdbc.sql("update platform.project set name = name where tenant_id = :t::uuid").param("t", tenant.toString()).update();
    }

    private Long countProjects() {
        return jdbc.sql("select count(*) from platform.project").query(Long.class).single();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(ServiceFrame.class)
    static class Frame {

        @Bean
        JobsInUse jobsInUse() {
            return new JobsInUse("platform", Set.of(Job.WEB, Job.SNAPSHOT));
        }
    }
}
