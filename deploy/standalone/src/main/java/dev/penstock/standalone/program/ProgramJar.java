package dev.penstock.standalone.program;

import dev.penstock.standalone.machine.StartFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An application jar as the build makes it.
 *
 * @param name of the program, which is also its module's folder
 */
public record ProgramJar(String name, Path file) {

    /** @throws StartFailure if the program was not built, or in more than one version */
    public static ProgramJar find(Path repository, String name) {
        Path target = repository.resolve(name).resolve("target");
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(target)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, name + "-*-app.jar")) {
                jars.forEach(found::add);
            } catch (IOException e) {
                throw StartFailure.of("looking for " + name + " in " + target, e);
            }
        }
        if (found.size() != 1) {
            throw new StartFailure((found.isEmpty() ? name + " is not built (no " + name + "-*-app.jar in " + target + ")" : "There are several versions of " + name + " in " + target)
                    + ": start with ./penstock up, which builds what is missing, or run mvn clean package.");
        }
        return new ProgramJar(name, found.getFirst());
    }
}
