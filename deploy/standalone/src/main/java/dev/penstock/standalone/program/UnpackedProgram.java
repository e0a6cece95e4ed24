package dev.penstock.standalone.program;

import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * @param mainClass what {@code java -jar} would start
 * @param classPath own classes first, then the libraries in the order the build gave them
 */
record UnpackedProgram(String name, String mainClass, List<Path> classPath) {

    UnpackedProgram {
        classPath = List.copyOf(classPath);
    }

    URL[] urls() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (Path path : classPath) {
            urls.add(path.toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}
