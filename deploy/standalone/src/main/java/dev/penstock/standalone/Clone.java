package dev.penstock.standalone;

import dev.penstock.standalone.machine.DataFolder;
import dev.penstock.standalone.machine.StartFailure;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The clone of the project from which this runs, with the application jars that were built in it. */
final class Clone {

    private Clone() {}

    /** Named by the script, or else the folder above this class. */
    static Path find() {
        String named = System.getProperty("penstock.home");
        Path place = named == null ? ownClasses() : Path.of(named);
        for (Path folder = place; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("platform-backend")) && Files.isDirectory(folder.resolve("platform-ui"))) {
                return folder;
            }
        }
        throw new StartFailure("The application jars are not beside " + place + ": start with ./penstock up from a clone of the project.");
    }

    /** The script runs a copy of our jars, so that a build meanwhile changes nothing under us. Copies of earlier builds go. */
    static void sweepOldCopies(DataFolder folder) {
        Path copies = folder.cache().resolve("launcher");
        try (Stream<Path> all = Files.isDirectory(copies) ? Files.list(copies) : Stream.empty()) {
            for (Path old : all.filter(copy -> !ownClasses().startsWith(copy)).toList()) {
                try (Stream<Path> content = Files.walk(old)) {
                    for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        } catch (IOException e) {
            throw StartFailure.of("removing old copies of the launcher from " + copies, e);
        }
    }

    private static Path ownClasses() {
        try {
            return Path.of(Clone.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
