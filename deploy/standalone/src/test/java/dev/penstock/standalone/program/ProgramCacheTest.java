package dev.penstock.standalone.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.standalone.machine.StartFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramCacheTest {

    @TempDir
    Path folder;

    @Test
    void ownClassesComeBeforeLibrariesAndTheMainClassIsTheApplications() throws IOException {
        UnpackedProgram program = cache().unpack(jar("portal", Map.of("BOOT-INF/classes/a/B.class", "b", "BOOT-INF/lib/x-1.jar", "x", "org/loader/L.class", "l")));

        assertThat(program.mainClass()).isEqualTo("sample.Main");
        assertThat(program.classPath()).hasSize(2);
        assertThat(program.classPath().getFirst().resolve("a/B.class")).hasContent("b");
        assertThat(program.classPath().getLast()).hasContent("x");
    }

    @Test
    void whatSpringBootLeavesAtTheTopBelongsToTheProgramToo() throws IOException {
        Path classes = cache().unpack(jar("portal", Map.of("META-INF/resources/tokens.css", "css", "BOOT-INF/classes/a/B.class", "b"))).classPath().getFirst();
        assertThat(classes.resolve("META-INF/resources/tokens.css")).hasContent("css");
        assertThat(classes.resolve("META-INF/MANIFEST.MF")).doesNotExist();
    }

    @Test
    void aLibraryOfTwoProgramsIsKeptOnce() throws IOException {
        ProgramCache cache = cache();
        UnpackedProgram first = cache.unpack(jar("portal", Map.of("BOOT-INF/lib/x-1.jar", "x")));
        UnpackedProgram second = cache.unpack(jar("backend", Map.of("BOOT-INF/lib/x-1.jar", "x")));
        assertThat(first.classPath().getLast()).isEqualTo(second.classPath().getLast());
    }

    @Test
    void aLibraryWithTheSameNameAndOtherContentIsAnother() throws IOException {
        ProgramCache cache = cache();
        UnpackedProgram first = cache.unpack(jar("portal", Map.of("BOOT-INF/lib/ours-SNAPSHOT.jar", "x")));
        UnpackedProgram second = cache.unpack(jar("portal", Map.of("BOOT-INF/lib/ours-SNAPSHOT.jar", "y")));
        assertThat(first.classPath().getLast()).hasContent("x");
        assertThat(second.classPath().getLast()).hasContent("y");
    }

    @Test
    void whatDidNotChangeIsNotUnpackedAgain() throws IOException {
        Path library = cache().unpack(jar("portal", Map.of("BOOT-INF/lib/x-1.jar", "x"))).classPath().getLast();
        FileTime marked = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(library, marked);
        cache().unpack(jar("portal", Map.of("BOOT-INF/lib/x-1.jar", "x", "BOOT-INF/classes/a/B.class", "new")));
        assertThat(Files.getLastModifiedTime(library)).isEqualTo(marked);
    }

    @Test
    void whatNoProgramUsesAnyMoreGoes() throws IOException {
        UnpackedProgram old = cache().unpack(jar("portal", Map.of("BOOT-INF/classes/a/B.class", "old", "BOOT-INF/lib/x-1.jar", "x")));
        ProgramCache next = cache();
        UnpackedProgram present = next.unpack(jar("portal", Map.of("BOOT-INF/classes/a/B.class", "new", "BOOT-INF/lib/x-1.jar", "x")));
        next.sweep();
        assertThat(old.classPath().getFirst()).doesNotExist();
        assertThat(present.classPath()).allSatisfy(path -> assertThat(path).exists());
    }

    @Test
    void anEntryCannotLeaveTheFolder() throws IOException {
        ProgramJar evil = jar("portal", Map.of("BOOT-INF/classes/../../../out.txt", "evil"));
        assertThatThrownBy(() -> cache().unpack(evil)).isInstanceOf(StartFailure.class).hasMessageContaining("leaves the folder");
        assertThat(folder.resolve("out.txt")).doesNotExist();
    }

    @Test
    void aProgramThatWasNotBuiltIsNamedWithTheWayOut() {
        assertThatThrownBy(() -> ProgramJar.find(folder, "platform-ui"))
                .isInstanceOf(StartFailure.class)
                .hasMessageContainingAll("platform-ui is not built", "./penstock up");
    }

    private ProgramCache cache() {
        return new ProgramCache(folder.resolve("cache"));
    }

    private ProgramJar jar(String name, Map<String, String> entries) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Start-Class", "sample.Main");
        Path file = folder.resolve(name + "-1-app.jar");
        try (OutputStream out = Files.newOutputStream(file); JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
        }
        return new ProgramJar(name, file);
    }
}
