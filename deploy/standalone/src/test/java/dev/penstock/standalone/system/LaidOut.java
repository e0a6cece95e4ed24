package dev.penstock.standalone.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An application jar by its own tool laid out as an image has it, with its libraries beside it: it starts with two thirds of the CPU that it
 * takes to read jars within a jar. Once per build.
 */
final class LaidOut {

    private static final Map<Path, Path> JARS = new ConcurrentHashMap<>();

    private LaidOut() {}

    /** The jar to start instead. */
    static Path of(Path jar) {
        return JARS.computeIfAbsent(jar, LaidOut::layOut);
    }

    private static Path layOut(Path jar) {
        try {
            String name = jar.getFileName().toString();
            Path folder = Path.of("target", "laid-out", name + "-" + Files.getLastModifiedTime(jar).toMillis()).toAbsolutePath();
            if (!Files.exists(folder)) {
                Files.createDirectories(folder.getParent());
                Path incomplete = Files.createTempDirectory(folder.getParent(), "incomplete");
                OwnProcess.run(OwnProcess.java(), "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", incomplete.toString());
                Files.move(incomplete, folder, StandardCopyOption.ATOMIC_MOVE);
            }
            return folder.resolve(name);
        } catch (IOException e) {
            throw new UncheckedIOException("laying out " + jar, e);
        }
    }
}
