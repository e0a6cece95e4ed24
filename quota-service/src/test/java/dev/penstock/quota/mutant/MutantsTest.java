package dev.penstock.quota.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests of the tests: with each known mistake in the program, some of them must fail. The program itself is not touched: the source with the mistake
 * in it is compiled aside and stands before the program on the class path.
 */
class MutantsTest {

    private static final String PACKAGE = "dev/penstock/quota/";
    private static final Path SOURCES = Path.of("src/main/java", PACKAGE);
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void someTestTurnsRed(Mutant mutant) throws Exception {
        compile(mutant);
        try (MutatedClasses mutated = new MutatedClasses(folder, CLASS_PATH)) {
            TestRun run = TestRun.of(mutated, names(mutant.killers));
            assertThat(run.exit()).as("%s: %s%n%s", mutant, mutant.mistake, run.told()).isEqualTo(TestRun.RED);
        }
    }

    @Test
    void withoutAMistakeTheyAreGreen() throws IOException {
        try (MutatedClasses same = new MutatedClasses(folder, CLASS_PATH)) {
            TestRun run = TestRun.of(same, names(Stream.of(Mutant.values()).flatMap(mutant -> mutant.killers.stream()).distinct().toList()));
            assertThat(run.exit()).as(run.told()).isEqualTo(TestRun.GREEN);
        }
    }

    private void compile(Mutant mutant) throws IOException {
        String source = Files.readString(SOURCES.resolve(mutant.file));
        assertThat(source.split(Pattern.quote(mutant.original), -1)).as("%s stands once in %s", mutant.original, mutant.file).hasSize(2);
        Path mutated = folder.resolve("source").resolve(mutant.file);
        Files.createDirectories(mutated.getParent());
        Files.writeString(mutated, source.replace(mutant.original, mutant.instead));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-d", folder.toString(), "-cp", CLASS_PATH, "-proc:none", "-nowarn", "-parameters");
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(mutated)).call()).as("%s compiles", mutant).isTrue();
        }
    }

    private static List<String> names(List<String> tests) {
        return tests.stream().map(test -> (PACKAGE + test).replace('/', '.')).toList();
    }
}
