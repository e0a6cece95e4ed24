package dev.penstock.simulators.model;

import dev.penstock.simulators.http.HttpListener;
import dev.penstock.simulators.model.fault.ModelFaults;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** A running simulated model server. */
public final class SimModelServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(SimModelServer.class.getName());
    private static final Duration STOP = Duration.ofSeconds(2);

    private final InetAddress address;
    private final HttpListener listener;
    private final ModelFaults faults;
    private final ModelLog log;
    private final Loading loading;
    private final Console console;

    private SimModelServer(InetAddress address, HttpListener listener, ModelFaults faults, ModelLog log, Loading loading,
            Console console) {
        this.address = address;
        this.listener = listener;
        this.faults = faults;
        this.log = log;
        this.loading = loading;
        this.console = console;
    }

    /**
     * Starts it. When this returns it listens; it answers calls once its model is loaded, at once if that takes no time.
     *
     * @throws IOException when the address or port cannot be had, or the log cannot be written
     */
    public static SimModelServer start(SimModelSettings settings) throws IOException {
        HttpListener listener = HttpListener.bind(settings.address(), settings.port());
        ModelLog log;
        try {
            log = ModelLog.open(settings.log(), settings.clock());
        } catch (IOException unwritable) {
            listener.close();
            throw unwritable;
        }
        Console console = new Console();
        Loading loading = Loading.start(settings.engine(), settings.pace().loading(), console, settings.clock());
        ModelFaults faults = new ModelFaults();
        Engine engine = Engine.of(settings.engine(), settings.pace(), settings.clock());
        ModelApi api = new ModelApi(engine, log, faults, settings.apiKey(), loading::isDone, settings.ids());
        listener.serve(api::handle);
        return new SimModelServer(settings.address(), listener, faults, log, loading, console);
    }

    /** Where it listens, without a path. */
    public String url() {
        return "http://" + address.getHostAddress() + ":" + listener.port();
    }

    /** What goes wrong, on demand. */
    public ModelFaults faults() {
        return faults;
    }

    /** Its own account of what it produced. */
    public ModelLog log() {
        return log;
    }

    /** What it has printed, the last lines of it, each after the time it was printed at. */
    public List<String> printed() {
        return console.lines().stream().map(line -> line.at() + " " + line.text()).toList();
    }

    /** Whether the model is loaded. */
    public boolean isLoaded() {
        return loading.isDone();
    }

    /** Stops it: callers see their connections end, and the log how far each call had come. */
    @Override
    public void close() {
        loading.close();
        listener.close();
        try {
            if (!log.awaitQuiet(STOP)) {
                LOG.log(Level.WARNING, "calls still run at " + url() + "; their last tokens may be missing in its log");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        log.close();
    }
}
