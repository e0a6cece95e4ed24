package dev.penstock.standalone;

import dev.penstock.simulators.cluster.SimCluster;
import dev.penstock.simulators.cluster.SimClusterSettings;
import dev.penstock.simulators.metrics.SimDcgm;
import dev.penstock.simulators.metrics.SimPrometheus;
import dev.penstock.standalone.client.Api;
import dev.penstock.standalone.client.Directory;
import dev.penstock.standalone.login.LoginServer;
import dev.penstock.standalone.machine.FreePort;
import dev.penstock.standalone.machine.PrivateFiles;
import dev.penstock.standalone.machine.StartFailure;
import dev.penstock.standalone.postgres.PostgresServer;
import dev.penstock.standalone.program.Health;
import dev.penstock.standalone.program.ProgramCache;
import dev.penstock.standalone.program.ProgramJar;
import dev.penstock.standalone.program.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClientException;

/** One start, step by step. */
final class Start {

    private static final Duration SCRAPES_EVERY = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Options options;
    private final Installation installation;
    private final RunningParts running;
    private final RunFile runFile;
    private final Progress progress;
    private final Path repository;
    private final ProgramSettings settings;
    private @Nullable Long postgresPid;

    Start(Options options, Installation installation, RunningParts running, RunFile runFile, Progress progress, Path repository) {
        this.options = options;
        this.installation = installation;
        this.running = running;
        this.runFile = runFile;
        this.progress = progress;
        this.repository = repository;
        this.settings = new ProgramSettings(installation, options.settings());
    }

    /** Returns when everything that this process starts runs. */
    void run() {
        // 1. What an earlier run left, and what somebody else holds.
        List<ProgramJar> jars = options.parts().stream().filter(Part::isProgram).map(part -> ProgramJar.find(repository, part.key())).toList();
        makeFolders();
        @Nullable PostgresServer postgres = options.starts(Part.POSTGRES) ? takeOver() : null;
        requireFreePorts();
        runFile.write(RunFile.State.STARTING, null);

        // 2. What the programs stand on. None of it needs the others.
        inParallel(List.of(() -> startPostgres(postgres), this::startLogin, this::startCluster));

        // 3. The programs. Each waits for what it misses, so their order among themselves does not matter.
        ProgramCache cache = new ProgramCache(installation.folder().cache().resolve("programs"));
        inParallel(jars.stream().<Runnable>map(jar -> () -> startProgram(jar, cache)).toList());
        cache.sweep();
        writeSettingsOfMissingPrograms();
        postgresPid = postgres == null ? null : postgres.pid();
        runFile.write(RunFile.State.WAITING, postgresPid);
    }

    /** Returns when also the programs that somebody else starts are healthy, and there is somebody to be. */
    void finish() {
        awaitHealth();
        Api admin = new Api(Directory.read(runFile.file()), "admin");
        Eventually eventually = new Eventually(running.stopping());
        once("development-tenants-written", "Development tenants", () -> new DevelopmentTenants(admin.tenants(), admin.limits(), eventually).write());
        once("development-images-written", "Development images", () -> new DevelopmentImages(admin.workspaceImages()).write());
        once("development-models-written", "Development models", () -> new DevelopmentModels(admin, eventually).write());
        runFile.write(RunFile.State.READY, postgresPid);
    }

    private void makeFolders() {
        try {
            PrivateFiles.folder(installation.folder().logs());
            PrivateFiles.folder(installation.folder().run());
            PrivateFiles.folder(installation.folder().cache());
            PrivateFiles.folder(installation.journal());
        } catch (IOException e) {
            throw StartFailure.of("making folders in " + installation.folder().root(), e);
        }
    }

    private PostgresServer takeOver() {
        PostgresServer postgres = PostgresServer.prepare(installation.postgres());
        if (postgres.stopLeftBehind()) {
            progress.say("  Took over from a run that was killed: its PostgreSQL is stopped, its data are whole.");
        }
        return postgres;
    }

    private void requireFreePorts() {
        options.parts().forEach(part -> FreePort.require(installation.port(part), part.title()));
        if (options.starts(Part.QUOTA_SERVICE)) {
            FreePort.require(installation.ports().gateway(), "the gateway");
        }
        if (options.starts(Part.PLATFORM_BACKEND)) {
            FreePort.require(installation.ports().workspaces(), "workspaces");
            FreePort.require(installation.ports().ssh(), "workspaces by SSH");
        }
    }

    private void startPostgres(@Nullable PostgresServer postgres) {
        if (postgres != null) {
            long begin = System.nanoTime();
            postgres.start();
            running.add(Part.POSTGRES, postgres);
            Database.prepare(postgres, installation);
            progress.done(Part.POSTGRES.title(), "ready", begin);
        }
    }

    private void startLogin() {
        if (options.starts(Part.LOGIN)) {
            long begin = System.nanoTime();
            running.add(Part.LOGIN, LoginServer.start(installation.login()));
            progress.done(Part.LOGIN.title(), "ready", begin);
        }
    }

    private void startCluster() {
        if (options.starts(Part.CLUSTER)) {
            long begin = System.nanoTime();
            try {
                SimCluster cluster = SimCluster.start(SimClusterSettings.lifelike(installation.port(Part.CLUSTER), installation.clusterToken())
                        .withState(installation.folder().root().resolve("cluster.json")));
                running.add(Part.CLUSTER, cluster);
                cluster.writeKubeconfig(installation.kubeconfig());
                startMeasuring(cluster);
            } catch (IOException e) {
                throw StartFailure.of("starting the simulated cluster", e);
            }
            progress.done(Part.CLUSTER.title(), "ready", begin);
        }
    }

    /** GPUs that are not there are measured too, or the fleet would have no use to show. Both end with the process, after the programs that ask. */
    private void startMeasuring(SimCluster cluster) throws IOException {
        SimPrometheus prometheus = SimPrometheus.start(Clock.systemUTC());
        SimDcgm.start(prometheus, cluster::gpuPods, Clock.systemUTC(), SCRAPES_EVERY);
        settings.measuredBy(prometheus.url());
    }

    private void startProgram(ProgramJar jar, ProgramCache cache) {
        long begin = System.nanoTime();
        Part part = Part.ofKey(jar.name());
        RunningProgram program = RunningProgram.start(jar, cache, inProcess(settings.of(part)), installation.log(part));
        running.add(part, program);
        progress.done(part.title(), "started", begin);
    }

    /** In this process the launcher stops the programs, in its order, and the console is its own. */
    private static Map<String, String> inProcess(Map<String, String> settings) {
        settings.put("spring.main.register-shutdown-hook", "false");
        settings.put("spring.main.banner-mode", "off");
        settings.put("logging.threshold.console", "off");
        return settings;
    }

    private void writeSettingsOfMissingPrograms() {
        for (Part part : Part.values()) {
            if (part.isProgram() && !options.starts(part)) {
                SettingsFile file = new SettingsFile(installation.folder().run().resolve(part.key() + ".properties"));
                file.write(settings.of(part));
                progress.say("  " + part.title() + " is yours to start:");
                progress.say("    java -jar " + part.key() + "/target/" + part.key() + "-*-app.jar " + file.argument());
            }
        }
    }

    private void awaitHealth() {
        try (Health health = new Health(running.stopping())) {
            for (Part part : Part.values()) {
                if (part.isProgram()) {
                    long begin = System.nanoTime();
                    health.await(part.title(), installation.address(part), installation.log(part), options.starts(part) ? PATIENCE : null);
                    progress.done(part.title(), "healthy", begin);
                }
            }
        }
    }

    /** Once per data folder: later on, what an administrator changed or removed stays so. A folder of an earlier version gets what is new. */
    private void once(String mark, String what, Runnable write) {
        Path written = installation.folder().root().resolve(mark);
        if (Files.exists(written)) {
            return;
        }
        long begin = System.nanoTime();
        try {
            write.run();
            PrivateFiles.write(written, "");
        } catch (RestClientException e) {
            throw new StartFailure("Writing the " + what.toLowerCase(Locale.ROOT) + " failed (" + e.getMessage() + "): the logs are in " + installation.folder().logs() + ".", e);
        } catch (IOException e) {
            throw StartFailure.of("noting that the " + what.toLowerCase(Locale.ROOT) + " are written", e);
        }
        progress.done(what, "written", begin);
    }

    private static void inParallel(List<Runnable> steps) {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> started = new ArrayList<>();
            steps.forEach(step -> started.add(threads.submit(step)));
            for (Future<?> step : started) {
                step.get();
            }
        } catch (ExecutionException e) {
            throw StartFailure.of("Starting", e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("Stopped before everything was ready.", e);
        }
    }
}
