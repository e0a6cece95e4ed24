package dev.penstock.quota.audit;

import dev.penstock.db.DatabaseRole;
import dev.penstock.db.testing.TestDatabase;
import dev.penstock.frame.ServiceFrame;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.jobs.JobsInUse;
import dev.penstock.frame.live.Changes;
import dev.penstock.verifier.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** A trail on a real database, and replicas that seal it when the test says so: nothing here runs by itself. */
final class TestTrail {

    static final Duration EVERY = Duration.ofSeconds(10);
    static final String ORIGIN = "audit.test/trail";
    static final Actor AUDITOR = new Actor("auditor", Actor.Kind.PERSON);

    private static TestTrail started;

    final TestClock clock = new TestClock();
    final SigningKey key = SigningKey.generate(ORIGIN, new SecureRandom());
    private final TestDatabase database = TestDatabase.create();
    private final ConfigurableApplicationContext context;
    private Path folder;

    private TestTrail() {
        context = new SpringApplicationBuilder(Parts.class)
                .properties(
                        "server.port=0",
                        "penstock.identity.issuer=https://issuer.test",
                        "penstock.database.url=" + database.url(),
                        "penstock.database.web.username=quota_web", "penstock.database.web.password=" + TestDatabase.PASSWORD,
                        "penstock.database.org.username=quota_org", "penstock.database.org.password=" + TestDatabase.PASSWORD,
                        "penstock.database.snapshot.username=quota_snapshot", "penstock.database.snapshot.password=" + TestDatabase.PASSWORD,
                        "penstock.database.seal.username=quota_seal", "penstock.database.seal.password=" + TestDatabase.PASSWORD)
                .run();
    }

    /** The one of this JVM, emptied, with a new folder for copies. */
    static TestTrail empty() {
        TestTrail trail = started == null ? new TestTrail() : started;
        started = trail;
        trail.asIntruder("truncate audit.entry, audit.leaf, audit.node, audit.checkpoint, quota.change");
        try {
            trail.folder = Files.createTempDirectory("trail");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return trail;
    }

    /** Stops the one of this JVM; the next test gets another. */
    static void discard() {
        started.context.close();
        started.database.close();
        started = null;
    }

    Path folder() {
        return folder;
    }

    Path copies() {
        return folder.resolve("checkpoints.txt");
    }

    JobTransactions transactions() {
        return part(JobTransactions.class);
    }

    <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    /** A replica that was just started, with the usual file. */
    Replica replica() {
        return replica(copies(), key, step -> {});
    }

    Replica replica(Consumer<SealStep> reached) {
        return replica(copies(), key, reached);
    }

    Replica replica(Path copies, SigningKey key, Consumer<SealStep> reached) {
        return new Replica(copies, key, reached);
    }

    /** By the function that the program calls, each entry in a transaction of its own; all in one trip, since histories are made often. */
    void append(int count) {
        String each = """
                perform set_config('penstock.actor', 'ann', true), set_config('penstock.actor_kind', 'person', true);
                perform audit.append('thing.change', 'thing', '7', 'a thing', null, 'done', null, null,
                                     jsonb_build_object('n', n, 'text', U&'\\00E4 \\2028 " \\\\ \\+01F600', 'amount', 12.5));
                commit;
                """;
        try (Connection connection = database.connect(DatabaseRole.QUOTA_WEB)) {
            connection.createStatement().execute("do $$ begin for n in 0 .. " + (count - 1) + " loop " + each + " end loop; end $$");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the program does. */
    void append(Object after) {
        transactions().acrossTenants(Job.WEB, new Actor("ann", Actor.Kind.PERSON), () -> {
            part(AuditLog.class).append(new AuditEvent("thing.change", "thing", "7", "a thing", null, null, null, after));
            return true;
        });
    }

    /** A transaction that has appended and not ended yet. */
    Connection open(String subject) throws SQLException {
        Connection connection = database.connect(DatabaseRole.QUOTA_WEB);
        connection.setAutoCommit(false);
        connection.createStatement().execute("select set_config('penstock.actor', 'ann', true), set_config('penstock.actor_kind', 'person', true)");
        connection.createStatement().execute("select audit.append('thing.change', 'thing', '" + subject + "', null, null, 'done', null, null, null)");
        return connection;
    }

    /** Somebody with all rights on the database: no policy, no foreign key and no trigger holds them. */
    void asIntruder(String... statements) {
        try (Connection connection = database.connectAsAdmin()) {
            connection.createStatement().execute("set session_replication_role = replica");
            for (String statement : statements) {
                connection.createStatement().execute(statement);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column, as text. */
    List<String> column(String query) {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.connectAsAdmin(); var rows = connection.createStatement().executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return values;
    }

    String one(String query) {
        return column(query).getFirst();
    }

    /** One process of quota-service, as far as sealing goes. */
    final class Replica {

        final CheckpointFile file;
        final SealAlarm alarm;
        final Sealer sealer;
        final Publisher publisher;
        final Sealing sealing;
        final Verifications verifications;
        final Bundles bundles;
        final Proofs proofs;

        private Replica(Path copies, SigningKey key, Consumer<SealStep> reached) {
            TreeTable tree = part(TreeTable.class);
            EntryQueue queue = part(EntryQueue.class);
            Changes changes = part(Changes.class);
            file = new CheckpointFile(copies, ORIGIN);
            alarm = new SealAlarm(transactions(), part(AuditLog.class), changes, clock);
            sealer = new Sealer(transactions(), queue, tree, reached);
            Continuity continuity = new Continuity(tree, key.verifier(), copies);
            publisher = new Publisher(transactions(), tree, continuity, file, key, changes, clock, EVERY, reached);
            sealing = new Sealing(transactions(), queue, sealer, publisher, alarm, clock);
            verifications = new Verifications(transactions(), part(TrailRows.class), file, key.verifier(), clock);
            bundles = new Bundles(transactions(), tree, part(TrailRows.class), key.verifier());
            proofs = new Proofs(part(EntryTable.class), tree, key.verifier());
        }

        void turn() {
            sealing.turn();
        }

        /** A turn late enough for another checkpoint. */
        void laterTurn() {
            clock.advance(EVERY);
            sealing.turn();
        }

        Path bundle(String name) {
            Path zip = folder.resolve(name);
            try (var out = Files.newOutputStream(zip)) {
                bundles.write(AUDITOR, bundles.size(AUDITOR), out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return zip;
        }
    }

    /** Not a configuration by annotation: the program's own scan would find it. */
    @EnableAutoConfiguration
    @Import({ServiceFrame.class, EntryQueue.class, EntryTable.class, TreeTable.class, TrailRows.class})
    static class Parts {

        @Bean
        JobsInUse jobsInUse() {
            return new JobsInUse("quota", Set.of(Job.WEB, Job.ORG, Job.SNAPSHOT, Job.SEAL));
        }
    }
}
