package dev.penstock.standalone.program;

import dev.penstock.standalone.machine.PrivateFiles;
import dev.penstock.standalone.machine.StartFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Application jars unpacked, since a class loader reads a jar within a jar slowly. Each file is kept under its checksum: after a build
 * only what changed is unpacked again, and a library that three programs use lies here once.
 *
 * <p>A checksum of 32 bits with name and size tells builds apart; it is no protection against somebody who may write this folder, and
 * such a person could change the unpacked classes anyway.
 */
public final class ProgramCache {

    private static final String CLASSES = "BOOT-INF/classes/";
    /** Spring Boot's build leaves the application's own META-INF at the top of the jar. */
    private static final String OWN_META_INF = "META-INF/";

    private static final String LIBRARIES = "BOOT-INF/lib/";

    private final Path folder;
    private final Set<Path> used = new HashSet<>();

    public ProgramCache(Path folder) {
        this.folder = folder;
    }

    synchronized UnpackedProgram unpack(ProgramJar program) {
        try (JarFile jar = new JarFile(program.file().toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            String mainClass = manifest.getValue("Start-Class");
            if (mainClass == null) {
                throw new StartFailure(program.file() + " is not an application jar: run mvn clean package.");
            }
            List<Path> classPath = new ArrayList<>();
            classPath.add(classes(program.name(), jar));
            for (JarEntry library : jar.stream().filter(entry -> entry.getName().startsWith(LIBRARIES) && entry.getName().endsWith(".jar")).toList()) {
                classPath.add(library(jar, library));
            }
            used.addAll(classPath);
            return new UnpackedProgram(program.name(), mainClass, classPath);
        } catch (IOException e) {
            throw StartFailure.of("unpacking " + program.file() + " into " + folder, e);
        }
    }

    /** Deletes what no program of this build uses. */
    public synchronized void sweep() {
        try (Stream<Path> kept = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            for (Path old : kept.filter(path -> !used.contains(path)).toList()) {
                delete(old);
            }
        } catch (IOException e) {
            throw StartFailure.of("sweeping " + folder, e);
        }
    }

    private Path library(JarFile jar, JarEntry library) throws IOException {
        String fileName = library.getName().substring(LIBRARIES.length());
        Path target = folder.resolve("%08x-%d-%s".formatted(library.getCrc(), library.getSize(), fileName));
        if (!Files.exists(target)) {
            PrivateFiles.folder(folder);
            Path incomplete = folder.resolve(target.getFileName() + ".incomplete");
            copy(jar, library, incomplete);
            Files.move(incomplete, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return target;
    }

    private Path classes(String program, JarFile jar) throws IOException {
        List<JarEntry> entries = jar.stream().filter(ProgramCache::isOwn).toList();
        Path target = folder.resolve(program + "-" + checksum(entries));
        if (!Files.exists(target)) {
            Path incomplete = folder.resolve(target.getFileName() + ".incomplete");
            delete(incomplete);
            PrivateFiles.folder(incomplete);
            for (JarEntry entry : entries) {
                String name = entry.getName();
                Path file = incomplete.resolve(name.startsWith(CLASSES) ? name.substring(CLASSES.length()) : name).normalize();
                if (!file.startsWith(incomplete)) {
                    throw new IOException("an entry that leaves the folder: " + entry.getName());
                }
                Files.createDirectories(file.getParent());
                copy(jar, entry, file);
            }
            Files.move(incomplete, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return target;
    }

    private static boolean isOwn(JarEntry entry) {
        String name = entry.getName();
        return !entry.isDirectory() && (name.startsWith(CLASSES) || (name.startsWith(OWN_META_INF) && !name.equals(JarFile.MANIFEST_NAME)));
    }

    /** From the jar's directory alone: names, sizes and the checksums that the build wrote; nothing has to be read. */
    private static String checksum(List<JarEntry> entries) {
        CRC32 sum = new CRC32();
        for (JarEntry entry : entries) {
            sum.update((entry.getName() + ' ' + entry.getSize() + ' ' + entry.getCrc() + '\n').getBytes(StandardCharsets.UTF_8));
        }
        return "%08x".formatted(sum.getValue());
    }

    private static void copy(JarFile jar, JarEntry entry, Path target) throws IOException {
        try (InputStream content = jar.getInputStream(entry)) {
            Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> content = Files.walk(path)) {
            for (Path each : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
