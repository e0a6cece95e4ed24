package dev.penstock.bench.subject;

import dev.penstock.bench.unmetered.Unmetered;
import dev.penstock.standalone.client.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An installation, and quota-service as a process of its own from the jar that is shipped, with the settings that the launcher writes down for it. */
public final class Penstock {

    public static final String FULL = "penstock";
    public static final String UNMETERED = "accounting-off";
    public static final String MODEL = Customer.MODEL;

    private static final String PROGRAM = "quota-service";
    private static final String CHECKPOINTS = "audit-checkpoints.txt";
    private static final Pattern TURNED_AWAY = Pattern.compile("^penstock_gateway_shed_total\\{.*?reason=\"([^\"]*)\".*?} (\\S+)$", Pattern.MULTILINE);

    private final Run run;
    private final Installation installation;
    private final Path jar;
    private final JvmOptions options;
    private final List<String> settings;

    private Penstock(Run run, Installation installation, Path jar, JvmOptions options, List<String> settings) {
        this.run = run;
        this.installation = installation;
        this.jar = jar;
        this.options = options;
        this.settings = List.copyOf(settings);
    }

    /**
     * Starts all but quota-service.
     *
     * @param settings further ones of quota-service, such as {@code penstock.journal.sync=20ms}; they outrank the launcher's
     */
    public static Penstock start(Run run, Path home, JvmOptions options, List<String> settings) {
        return new Penstock(run, Installation.start(run, home), Jdk.laidOut(run, home.resolve(PROGRAM)), options, settings);
    }

    /**
     * With everything on, and a customer whose model is the upstream. Once.
     *
     * @param own further JVM options of this one alone
     */
    public Subject full(UpstreamProcess upstream, List<String> own, Supplier<UUID> ids) {
        Child child = quotaService(own);
        String key = new Customer(installation, child, ids).open(upstream.url());
        return new Gateway(FULL, child, installation.directory().url("gateway").getPort(), key).awaitFirstCall();
    }

    /** With everything on, and a customer who has no key and no model yet. In the place of {@link #full}. */
    public Premises premises(Supplier<UUID> ids) {
        Child child = quotaService(List.of());
        return new Premises(installation, child, new Customer(installation, child, ids).found());
    }

    private Child quotaService(List<String> own) {
        Child child = run.start(PROGRAM, Core.SUBJECT, command(options.and(own), "-jar", jar.toString()));
        Patience.awaitAnswer(child, URI.create(installation.directory().url(PROGRAM) + "/actuator/health"));
        installation.awaitReady();
        return child;
    }

    /** A further replica beside it that keeps no account: the same customer may call it. */
    public Subject unmetered(Subject full) {
        int own = Run.freePort();
        int gateway = Run.freePort();
        List<String> command = command(options, "-cp", jar + ":" + Jdk.classesOf(Unmetered.class), Unmetered.class.getName());
        command.addAll(List.of(
                Unmetered.QUIET,
                "--server.port=" + own,
                "--penstock.gateway.port=" + gateway,
                "--penstock.admission.replica=" + UNMETERED,
                "--penstock.journal.folder=" + run.makeFolder("journal-" + UNMETERED),
                "--penstock.audit.checkpoint-file=" + copyOfCheckpoints(),
                "--logging.file.name=" + run.logs().resolve(UNMETERED + "-program.log")));
        Child child = run.start(UNMETERED, Core.SUBJECT, command);
        Patience.awaitAnswer(child, URI.create("http://127.0.0.1:" + own + "/actuator/health"));
        return new Gateway(UNMETERED, child, gateway, String.valueOf(full.address().bearer())).awaitFirstCall();
    }

    private List<String> command(JvmOptions with, String... program) {
        List<String> command = new ArrayList<>(List.of(Jdk.program()));
        command.addAll(with.words());
        command.addAll(List.of(program));
        command.add("--spring.config.additional-location=" + installation.settings().toUri());
        settings.forEach(setting -> command.add("--" + setting));
        return command;
    }

    /** A further replica begins its file with what another has signed. */
    private Path copyOfCheckpoints() {
        Path signed = installation.data().resolve(CHECKPOINTS);
        installation.await("the first signed checkpoint", () -> Files.exists(signed));
        try {
            return Files.copy(signed, run.makeFolder(UNMETERED).resolve(CHECKPOINTS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first process of the database that it writes to. */
    public long postgresPid() {
        return installation.postgresPid();
    }

    /** What its durability depends on. */
    public Durability durability() {
        return Durability.read(installation, settings);
    }

    /** How many calls each bound of the full one has turned away since it began. */
    public Map<String, Double> turnedAway() {
        Map<String, Double> counts = new TreeMap<>();
        Matcher matcher = TURNED_AWAY.matcher(new Metrics(installation.directory()).of(PROGRAM));
        while (matcher.find()) {
            counts.merge(matcher.group(1), Double.parseDouble(matcher.group(2)), Double::sum);
        }
        return counts;
    }
}
