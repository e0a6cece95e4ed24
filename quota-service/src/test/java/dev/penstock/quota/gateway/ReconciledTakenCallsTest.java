package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.quota.RunningService;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** They are admitted from allotments: what is open, replicas tell. */
class ReconciledTakenCallsTest extends ReconciledCalls {

    private static RunningService own;

    ReconciledTakenCallsTest() {
        super(own);
    }

    @BeforeAll
    static void begin() {
        own = RunningService.another("--penstock.admission.mode=allotments", "--penstock.under-way.tell-every=50ms", "--penstock.under-way.patience=1s");
    }

    @AfterAll
    static void end() {
        own.stop();
        assertThat(own.column("select replica from quota.life")).as("it has ended with everything settled").isEmpty();
    }

    /** It was killed, and may have left calls behind that only its journal tells of. */
    @Test
    void aReplicaWhoseJournalNobodyHasReadHoldsComparingUpAndIsShown() {
        gateway.row(gateway.chat(TestGateway.HELLO).call());
        own.execute("""
                insert into quota.replica (name, epoch) values ('dead', 1);
                insert into quota.life (replica, epoch, journal, as_of) values ('dead', 1, gen_random_uuid(), now() - interval '2 minutes');
                insert into quota.under_way (replica, epoch, endpoint_id, attempts, input, output, oldest)
                values ('dead', 1, '%s', 2, 100, 50, now() - interval '3 minutes')""".formatted(gateway.chatEndpoint));
        try {
            for (int turn = 0; turn < 6; turn++) {
                reconciliation.turn(gateway.chatEndpoint);
            }
            assertThat(reconciliation.column("mark < read_at and quiet_turns = 0", gateway.chatEndpoint)).isEqualTo("t");
            assertThat(reconciliation.atLeast(gateway.chatEndpoint)).as("nothing can be said").isEqualTo("0/0");
            JsonNode health = own.send(own.admin(), "GET", "/api/health", null).is(200).body();
            assertThat(health.path("settlement").path("open").asInt()).isEqualTo(2);
            assertThat(health.path("settlement").path("unheard").asInt()).isEqualTo(2);
            assertThat(health.path("replicas").valueStream().filter(each -> each.path("unread").asInt() > 0).map(each -> each.path("name").asString())).containsExactly("dead");
        } finally {
            own.execute("delete from quota.life where replica = 'dead'");
        }
        compare();
        assertThat(reconciliation.unexplained(gateway.chatEndpoint)).isEqualTo("0/0");
    }

    /** Silent for half an hour: its word would be waited for, and nobody will bring its journal. */
    @Test
    void aReplicaThatIsWrittenOffHoldsComparingUpNoLonger() {
        gateway.row(gateway.chat(TestGateway.HELLO).call());
        UUID journal = UUID.randomUUID();
        own.execute("""
                insert into quota.replica (name, epoch, started_at, seen_at) values ('burnt', 1, now() - interval '1 hour', now() - interval '30 minutes');
                insert into quota.life (replica, epoch, journal, as_of) values ('burnt', 1, '%s', now() - interval '30 minutes');
                insert into quota.under_way (replica, epoch, endpoint_id, attempts, input, output, oldest)
                values ('burnt', 1, '%s', 2, 100, 50, now() - interval '31 minutes')""".formatted(journal, gateway.chatEndpoint));
        for (int turn = 0; turn < 6; turn++) {
            reconciliation.turn(gateway.chatEndpoint);
        }
        assertThat(reconciliation.column("mark < read_at and quiet_turns = 0", gateway.chatEndpoint)).isEqualTo("t");

        JsonNode off = own.send(own.admin(), "PUT", "/api/replicas/burnt/journals/" + journal + "/write-off", "{\"reason\": \"it burnt\"}").is(200).body();
        assertThat(off.path("attempts").asInt()).isEqualTo(2);
        compare();
        assertThat(reconciliation.unexplained(gateway.chatEndpoint)).isEqualTo("0/0");
        JsonNode health = own.send(own.admin(), "GET", "/api/health", null).is(200).body();
        assertThat(health.path("settlement").path("unheard").asInt()).isZero();
        assertThat(health.path("replicas").valueStream().filter(each -> each.path("name").asString().equals("burnt")).map(each -> each.path("unread").asInt())).containsExactly(0);
    }
}
