package dev.penstock.bench.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The JDK that runs this, and what it runs. */
final class Jdk {

    private Jdk() {}

    static String program() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * An application jar by its own tool laid out as an image has it, with its libraries beside it: then it starts sooner, and classes of a caller's own
     * can stand on its class path.
     *
     * @param module whose build made it
     * @return the jar to start
     */
    static Path laidOut(Run run, Path module) {
        Path jar = applicationJar(module);
        Path folder = run.folder().resolve("programs").resolve(module.getFileName());
        if (!Files.exists(folder)) {
            try {
                Files.createDirectories(folder.getParent());
                Path incomplete = Files.createTempDirectory(folder.getParent(), "incomplete");
                layOut(run, jar, incomplete);
                Files.move(incomplete, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException("laying out " + jar, e);
            }
        }
        return folder.resolve(jar.getFileName());
    }

    /** The folder or jar that a class of ours came from. */
    static Path classesOf(Class<?> one) {
        return Path.of(URI.create(one.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static void layOut(Run run, Path jar, Path into) throws IOException {
        Path log = run.logs().resolve("laying-out.log");
        Process process = new ProcessBuilder(List.of(program(), "-Djarmode=tools", "-jar", jar.toString(), "extract", "--force", "--destination", into.toString()))
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        if (process.onExit().join().exitValue() != 0) {
            throw new BenchFailure("The jar " + jar + " cannot be laid out: the log is " + log + ".");
        }
    }

    private static Path applicationJar(Path module) {
        try (Stream<Path> files = Files.list(module.resolve("target"))) {
            return files.filter(file -> file.getFileName().toString().endsWith("-app.jar")).findFirst().orElseThrow(() -> notBuilt(module));
        } catch (IOException e) {
            throw notBuilt(module);
        }
    }

    private static BenchFailure notBuilt(Path module) {
        return new BenchFailure("There is no application jar of " + module + ": start with ./penstock bench, which builds it.");
    }
}
