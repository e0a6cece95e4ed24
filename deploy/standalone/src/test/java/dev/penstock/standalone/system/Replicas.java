package dev.penstock.standalone.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Several quota-services beside one PostgreSQL, as processes: each with a name, a journal, checkpoints and ports of its own, as the pods of a
 * StatefulSet have them. The first stands in the installation's place, so it is the one that people and platform-backend talk to.
 */
final class Replicas implements AutoCloseable {

    private static final String PROGRAM = "quota-service";
    private static final Duration WRITTEN = Duration.ofSeconds(30);

    private final RunningPenstock penstock;
    private final List<Replica> all = new ArrayList<>();

    /** Returns when all of the installation is healthy; if that fails, none of them is there any more. */
    static Replicas start(RunningPenstock penstock, int count) {
        Replicas replicas = new Replicas(penstock);
        try {
            replicas.startAll(count);
            return replicas;
        } catch (RuntimeException | AssertionError e) {
            replicas.close();
            throw e;
        }
    }

    private Replicas(RunningPenstock penstock) {
        this.penstock = penstock;
    }

    List<Replica> all() {
        return List.copyOf(all);
    }

    /** Each returns what it holds; none is there afterwards. */
    void stop() {
        all.parallelStream().forEach(replica -> replica.process().stop());
    }

    @Override
    public void close() {
        all.forEach(replica -> replica.process().kill());
    }

    private void startAll(int count) {
        all.add(first());
        penstock.awaitReady();
        // A further replica begins its file with what another has signed.
        Eventually.eventually("the first checkpoint is signed", WRITTEN, () -> Files.exists(checkpoints(0)));
        for (int number = 1; number < count; number++) {
            all.add(further(number));
        }
        all.forEach(replica -> replica.process().awaitHealth());
    }

    private Replica first() {
        OwnProcess process = new OwnProcess(penstock, PROGRAM, name(0), URI.create(penstock.url(PROGRAM)), settings(0));
        return new Replica(name(0), URI.create(penstock.url("gateway")), process);
    }

    private Replica further(int number) {
        try {
            Files.copy(checkpoints(0), checkpoints(number));
            int port = freePort();
            int gateway = freePort();
            List<String> own = new ArrayList<>(settings(number));
            own.add("--server.port=" + port);
            own.add("--penstock.gateway.port=" + gateway);
            own.add("--penstock.journal.folder=" + Files.createDirectories(folder(number)));
            own.add("--penstock.audit.checkpoint-file=" + checkpoints(number));
            OwnProcess process = new OwnProcess(penstock, PROGRAM, name(number), URI.create("http://localhost:" + port), own);
            return new Replica(name(number), URI.create("http://localhost:" + gateway), process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> settings(int number) {
        List<String> settings = new ArrayList<>(List.of(
                "--penstock.admission.replica=" + name(number),
                "--logging.file.name=" + penstock.data().resolve("logs").resolve(name(number) + ".log")));
        AdmissionMode.asked().ifPresent(mode -> settings.add("--penstock.admission.mode=" + mode));
        return settings;
    }

    private static String name(int number) {
        return PROGRAM + "-" + number;
    }

    private Path folder(int number) {
        return penstock.data().resolve("journal-" + number);
    }

    private Path checkpoints(int number) {
        return penstock.data().resolve(number == 0 ? "audit-checkpoints.txt" : "audit-checkpoints-" + number + ".txt");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
