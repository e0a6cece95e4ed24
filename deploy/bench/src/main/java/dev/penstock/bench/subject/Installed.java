package dev.penstock.bench.subject;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of others on this machine. */
final class Installed {

    private static final String[] BESIDES = {"/usr/sbin", "/usr/local/sbin"};

    private Installed() {}

    /** @throws BenchFailure when it is not there, with how to get it or go on without */
    static String find(String program, String packageName) {
        String[] path = System.getenv().getOrDefault("PATH", "").split(":");
        Optional<Path> found = Stream.concat(Stream.of(path), Stream.of(BESIDES)).filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program)).filter(Files::isExecutable).findFirst();
        return found.map(Path::toString).orElseThrow(() -> new BenchFailure(program + " was not found: install it (Debian, Ubuntu: apt-get install "
                + packageName + "), or go on without it: --without " + program + "."));
    }
}
