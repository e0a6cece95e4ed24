package dev.penstock.bench.subject;

import dev.penstock.bench.load.Address;
import dev.penstock.bench.load.Script;
import dev.penstock.bench.load.Upstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The upstream, in a JVM of its own. */
public final class UpstreamProcess {

    private final Child child;
    private final int port;

    private UpstreamProcess(Child child, int port) {
        this.child = child;
        this.port = port;
    }

    /** Starts it on the core of everything else; it ends with the run. */
    public static UpstreamProcess start(Run run, Script script) {
        List<String> command = new ArrayList<>(List.of(Jdk.program(), "-XX:+UseSerialGC", "-Xmx512m", "-cp", System.getProperty("java.class.path"), Upstream.class.getName()));
        command.addAll(script.arguments());
        Child child = run.start("upstream", Core.EVERYTHING_ELSE, command);
        Patience.await("the upstream's port", child, () -> said(run).endsWith("\n"));
        UpstreamProcess upstream = new UpstreamProcess(child, Integer.parseInt(said(run).strip().lines().toList().getLast()));
        Patience.awaitAnswer(child, URI.create(upstream.url() + "/health"));
        return upstream;
    }

    private static String said(Run run) {
        try {
            return Files.readString(run.logs().resolve("upstream.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public long pid() {
        return child.pid();
    }

    /** It, with nothing before it. */
    public Subject direct() {
        return new Direct(new Address(port, null));
    }
}
