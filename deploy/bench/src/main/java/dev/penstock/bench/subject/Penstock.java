package dev.penstock.bench.subject;

import dev.penstock.bench.load.Address;
import dev.penstock.bench.unmetered.Unmetered;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** quota-service's gateway, as a process of its own from the jar that is shipped, with the settings that the launcher writes down for it. */
public final class Penstock implements Subject {

    public static final String FULL = "penstock";
    public static final String UNMETERED = "accounting-off";
    public static final String MODEL = Customer.MODEL;

    private static final String PROGRAM = "quota-service";
    private static final String CHECKPOINTS = "audit-checkpoints.txt";

    private final Run run;
    private final Path home;
    private final Installation installation;
    private final JvmOptions options;
    private final String name;
    private final Child child;
    private final int port;
    private final String key;

    private Penstock(Run run, Path home, Installation installation, JvmOptions options, String name, Child child, int port, String key) {
        this.run = run;
        this.home = home;
        this.installation = installation;
        this.options = options;
        this.name = name;
        this.child = child;
        this.port = port;
        this.key = key;
    }

    /**
     * An installation of its own with a customer, whose model is the upstream. Everything is on.
     *
     * @param settings further ones of quota-service, such as {@code penstock.journal.sync=20ms}; they outrank the launcher's
     * @param own further JVM options of this one alone
     */
    public static Penstock full(
            Run run, UpstreamProcess upstream, Path home, JvmOptions options, List<String> own, List<String> settings, Supplier<UUID> ids) {
        Installation installation = Installation.start(run, home);
        Path jar = Jdk.laidOut(run, home.resolve(PROGRAM));
        List<String> command = command(options.and(own), installation, "-jar", jar.toString());
        settings.forEach(setting -> command.add("--" + setting));
        Child child = run.start(PROGRAM, Core.SUBJECT, command);
        Patience.awaitAnswer(child, URI.create(installation.directory().url(PROGRAM) + "/actuator/health"));
        installation.awaitReady();
        String key = new Customer(installation, child, ids).open(upstream.url());
        Penstock penstock = new Penstock(run, home, installation, options, FULL, child, installation.directory().url("gateway").getPort(), key);
        penstock.awaitModel();
        return penstock;
    }

    /** Beside this one, as a further replica that keeps no account: the same customer may call it. */
    public Penstock unmetered() {
        Path checkpoints = installation.data().resolve("audit-checkpoints-unmetered.txt");
        copyCheckpoints(checkpoints);
        int own = Run.freePort();
        int gateway = Run.freePort();
        Path jar = Jdk.laidOut(run, home.resolve(PROGRAM));
        List<String> command = command(options, installation, "-cp", jar + ":" + ownClasses(), Unmetered.class.getName());
        command.addAll(List.of(
                Unmetered.QUIET,
                "--server.port=" + own,
                "--penstock.gateway.port=" + gateway,
                "--penstock.admission.replica=" + UNMETERED,
                "--penstock.journal.folder=" + run.makeFolder("journal-unmetered"),
                "--penstock.audit.checkpoint-file=" + checkpoints,
                "--logging.file.name=" + run.logs().resolve(UNMETERED + "-program.log")));
        Child beside = run.start(UNMETERED, Core.SUBJECT, command);
        Patience.awaitAnswer(beside, URI.create("http://127.0.0.1:" + own + "/actuator/health"));
        Penstock penstock = new Penstock(run, home, installation, options, UNMETERED, beside, gateway, key);
        penstock.awaitModel();
        return penstock;
    }

    private static List<String> command(JvmOptions options, Installation installation, String... program) {
        List<String> command = new ArrayList<>(List.of(Jdk.program()));
        command.addAll(options.words());
        command.addAll(List.of(program));
        command.add("--spring.config.additional-location=" + installation.settings().toUri());
        return command;
    }

    /** A further replica begins its file with what another has signed. */
    private void copyCheckpoints(Path into) {
        Path first = installation.data().resolve(CHECKPOINTS);
        Patience.await("the first signed checkpoint", child, () -> Files.exists(first));
        try {
            Files.copy(first, into);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path ownClasses() {
        return Path.of(URI.create(Unmetered.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private void awaitModel() {
        Patience.await("the model at the gateway of " + name, child, () -> models().contains("\"" + MODEL + "\""));
    }

    private String models() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/models")).header("Authorization", "Bearer " + key).build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("Stopped.", e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Address address() {
        return new Address(port, key);
    }

    @Override
    public long[] pids() {
        return new long[] {child.pid()};
    }

    /** The first process of the database that it writes to. */
    public long postgresPid() {
        return installation.postgresPid();
    }

    /** What its durability depends on. */
    public Durability durability() {
        return Durability.read(installation);
    }
}
