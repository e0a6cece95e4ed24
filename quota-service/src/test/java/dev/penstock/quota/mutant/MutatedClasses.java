package dev.penstock.quota.mutant;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** Everything of this program anew, with some of its classes taken from a folder. What it is built on is shared. */
final class MutatedClasses extends URLClassLoader {

    private static final String OURS = "dev.penstock.";

    MutatedClasses(Path folder, String classPath) {
        super(urls(folder, classPath), MutatedClasses.class.getClassLoader());
    }

    private static URL[] urls(Path folder, String classPath) {
        Stream<Path> others = Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of);
        return Stream.concat(Stream.of(folder), others).map(MutatedClasses::url).toArray(URL[]::new);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            return name.startsWith(OURS) ? findClass(name) : super.loadClass(name, resolve);
        }
    }
}
