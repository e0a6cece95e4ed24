package dev.penstock.quota.writeoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.LimitId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestSteps;
import dev.penstock.quota.TestTenant;
import dev.penstock.quota.journal.Step;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Killed before any step of it, nothing is written off, or taken back, of any tenant; done again, it is done once. */
class WriteOffStepsTest {

    private static final RunningService SERVICE = RunningService.priced();
    private static final Actor ACTOR = Actor.system("test");

    private final WriteOffs writeOffs = SERVICE.bean(WriteOffs.class);
    private final TestSteps steps = SERVICE.bean(TestSteps.class);
    private final List<TestTenant> tenants = List.of(TestTenant.register(SERVICE, "UTC"), TestTenant.register(SERVICE, "UTC"));
    private final UUID journal = UUID.randomUUID();
    private final String name = "gone-" + journal;

    /** An Error, so that nothing that is there to handle failures can handle it. */
    private static final class Killed extends Error {

        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    @BeforeEach
    void aReplicaOfWhichNobodyHears() {
        SERVICE.execute("""
                insert into quota.replica (name, epoch, started_at, seen_at) values ('%1$s', 3, now() - interval '1 day', now() - interval '1 day');
                insert into quota.life (replica, epoch, journal, as_of) values ('%1$s', 3, '%2$s', now() - interval '1 day')""".formatted(name, journal));
        tenants.forEach(this::holds);
    }

    @AfterEach
    void theStepWasTaken() {
        assertThat(steps.isSet()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "WRITE_OFF_.*")
    void killedWhileWritingOff(Step step) {
        steps.die(step, Killed::new);
        assertThatThrownBy(() -> writeOffs.declare(ACTOR, name, journal, "gone")).isInstanceOf(Killed.class);
        assertThat(state()).containsExactly("epoch 3", "lives 1", "in force 0", "entries 0", "trail 0");

        writeOffs.declare(ACTOR, name, journal, "gone");
        writeOffs.declare(ACTOR, name, journal, "gone for good");
        assertThat(state()).containsExactly("epoch 4", "lives 0", "in force 1", "entries 2", "trail 1");
        tenants.forEach(tenant -> assertThat(lost(tenant)).isEqualTo("70"));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "WRITE_BACK_.*")
    void killedWhileTakingItBack(Step step) {
        writeOffs.declare(ACTOR, name, journal, "gone");
        steps.die(step, Killed::new);
        assertThatThrownBy(() -> writeOffs.takeBack(journal)).isInstanceOf(Killed.class);
        assertThat(state()).containsExactly("epoch 4", "lives 0", "in force 1", "entries 2", "trail 1");

        assertThat(List.of(writeOffs.takeBack(journal), writeOffs.takeBack(journal))).containsExactly(1, 0);
        assertThat(state()).containsExactly("epoch 4", "lives 0", "in force 0", "entries 4", "trail 2");
        tenants.forEach(tenant -> assertThat(lost(tenant)).isEqualTo("0"));
    }

    /** Before all of its journal was settled: what it left in all is written off anew. */
    @Test
    void whoWasBackAndDiedAgainIsDeclaredGoneAgain() {
        writeOffs.declare(ACTOR, name, journal, "gone");
        SERVICE.execute("""
                update quota.replica set epoch = 5 where name = '%1$s';
                insert into quota.life (replica, epoch, journal, as_of) values ('%1$s', 5, '%2$s', now() - interval '1 day')""".formatted(name, journal));
        writeOffs.declare(ACTOR, name, journal, "gone again");
        assertThat(state()).containsExactly("epoch 6", "lives 0", "in force 1", "entries 6", "trail 3");
        tenants.forEach(tenant -> assertThat(lost(tenant)).isEqualTo("70"));
        assertThat(writeOffs.takeBack(journal)).isEqualTo(1);
        tenants.forEach(tenant -> assertThat(lost(tenant)).isEqualTo("0"));
    }

    /** Of its money for a month and for a day. */
    private void holds(TestTenant tenant) {
        hold(tenant, "MONTH", 100);
        hold(tenant, "DAY", 70);
    }

    private void hold(TestTenant tenant, String window, long amount) {
        LimitId limit = new LimitId(UUID.randomUUID());
        SERVICE.send(SERVICE.admin(), "PUT", "/api/tenants/" + tenant.id() + "/limits/" + limit,
                "{\"meter\": \"MONEY\", \"window\": \"%s\", \"amount\": 1000}".formatted(window)).is(200);
        SERVICE.execute("""
                insert into quota.limit_period (tenant_id, limit_id, period_start, period_end, settled, leased) values ('%1$s', '%2$s', date_trunc('day', now()), date_trunc('day', now()) + interval '1 day', 0, %3$d)
                on conflict (tenant_id, limit_id, period_start) do update set leased = excluded.leased;
                insert into quota.replica_allotment (tenant_id, limit_id, period_start, replica, epoch, journal, drawn)
                values ('%1$s', '%2$s', date_trunc('day', now()), '%4$s', 3, '%5$s', %3$d)""".formatted(tenant.id(), limit, amount, name, journal));
    }

    private List<String> state() {
        return Stream.of(
                        "'epoch ' || epoch from quota.replica where name = '%1$s'",
                        "'lives ' || count(*) from quota.life where replica = '%1$s'",
                        "'in force ' || count(*) from quota.write_off where replica = '%1$s' and reversed_at is null",
                        "'entries ' || count(*) from quota.entry e join quota.write_off w on w.id = e.write_off_id where w.replica = '%1$s' and e.cause = 'replica-gone'",
                        "'trail ' || count(*) from audit.entry where subject_id = '%1$s'")
                .map(what -> SERVICE.column("select " + what.formatted(name)).getFirst())
                .toList();
    }

    private static String lost(TestTenant tenant) {
        return SERVICE.column("select sum(amount) from quota.posting where tenant_id = '%s' and account = 'platform-loss' and unit = 'EUR'".formatted(tenant.id())).getFirst();
    }
}
