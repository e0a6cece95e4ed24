package dev.penstock.standalone;

import dev.penstock.contract.platform.TenantsApi;
import dev.penstock.contract.quota.LimitsApi;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.web.client.RestClientException;

/** One start, step by step. */
final class Start {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Options options;
    private final Installation installation;
    private final RunningParts running;
    private final RunFile runFile;
    private final Progress progress;
    private final Path repository;
    private final ProgramSettings settings;

    Start(Options options, Installation installation, RunningParts running, RunFile runFile, Progress progress, Path repository) {
        this.options = options;
        this.installation = installation;
        this.running = running;
        this.runFile = runFile;
        this.progress = progress;
        this.repository = repository;
        this.settings = new ProgramSettings(installation, options.settings());
    }

    /** Returns when everything that this process starts runs, is healthy and has the development tenants. */
    void run() {
        // 1. What an earlier run left, and what somebody else holds.
        List<ProgramJar> jars = options.parts().stream().filter(Part::isProgram).map(part -> ProgramJar.find(repository, part.key())).toList();
        makeFolders();
        @Nullable PostgresServer postgres = options.starts(Part.POSTGRES) ? takeOver() : null;
        requireFreePorts();
        runFile.write(RunFile.State.STARTING, null);

        // 2. What the programs stand on. None of it needs the others.
        inParallel(List.of(() -> startPostgres(postgres), this::startLogin));

        // 3. The programs. Each waits for what it misses, so their order among themselves does not matter.
        ProgramCache cache = new ProgramCache(installation.folder().cache().resolve("programs"));
        inParallel(jars.stream().<Runnable>map(jar -> () -> startProgram(jar, cache)).toList());
        cache.sweep();
        List<Part> elsewhere = writeSettingsOfMissingPrograms();
        runFile.write(RunFile.State.WAITING, postgres == null ? null : postgres.pid());

        // 4. Everything answers.
        awaitHealth(elsewhere);

        // 5. Somebody to be.
        if (!Files.exists(seeded())) {
            seed();
        }
        runFile.write(RunFile.State.READY, postgres == null ? null : postgres.pid());
    }

    private void makeFolders() {
        try {
            PrivateFiles.folder(installation.folder().logs());
            PrivateFiles.folder(installation.folder().run());
            PrivateFiles.folder(installation.folder().cache());
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

    /** @return the programs that somebody else has to start */
    private List<Part> writeSettingsOfMissingPrograms() {
        List<Part> elsewhere = new ArrayList<>();
        for (Part part : Part.values()) {
            if (part.isProgram() && !options.starts(part)) {
                elsewhere.add(part);
                SettingsFile file = new SettingsFile(installation.folder().run().resolve(part.key() + ".properties"));
                file.write(settings.of(part));
                progress.say("  " + part.title() + " is yours to start:");
                progress.say("    java -jar " + ProgramJar.find(repository, part.key()).file() + " " + file.argument());
            }
        }
        return elsewhere;
    }

    private void awaitHealth(List<Part> elsewhere) {
        try (Health health = new Health(running.stopping())) {
            for (Part part : Part.values()) {
                if (part.isProgram()) {
                    long begin = System.nanoTime();
                    health.await(part.title(), installation.address(part), installation.log(part), elsewhere.contains(part) ? null : PATIENCE);
                    progress.done(part.title(), "healthy", begin);
                }
            }
        }
    }

    private Path seeded() {
        return installation.folder().root().resolve("development-tenants-written");
    }

    /** Once per data folder: later on, what an administrator changed or removed stays so. */
    private void seed() {
        long begin = System.nanoTime();
        try {
            ScriptClient admin = ScriptClient.signIn(installation.login().tokenUri(), "script-admin", installation.clientSecret("script-admin"));
            new DevelopmentTenants(
                            admin.api(installation.platformBackend(), TenantsApi.class),
                            admin.api(installation.quotaService(), LimitsApi.class),
                            new Eventually(running.stopping()))
                    .write();
            PrivateFiles.write(seeded(), "");
        } catch (RestClientException e) {
            throw new StartFailure("Writing the development tenants failed (" + e.getMessage() + "): the logs are in " + installation.folder().logs() + ".", e);
        } catch (IOException e) {
            throw StartFailure.of("noting that the development tenants are written", e);
        }
        progress.done("Development tenants", "written", begin);
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
