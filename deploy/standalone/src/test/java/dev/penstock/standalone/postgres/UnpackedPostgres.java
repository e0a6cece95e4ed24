package dev.penstock.standalone.postgres;

import dev.penstock.standalone.machine.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** PostgreSQL's programs, unpacked once for the data folders of all tests: each time would take a core for seconds. */
public final class UnpackedPostgres {

    private static final String PROGRAMS = "postgresql-18.6";

    private UnpackedPostgres() {}

    private static final class Once {
        static final Path FOLDER = Unpacking.unpackInto(Path.of("target", PROGRAMS).toAbsolutePath());
    }

    /** A data folder that is new finds them where it would have put them. */
    public static void linkInto(Path data) {
        try {
            Path cache = data.resolve("cache");
            PrivateFiles.folder(cache);
            Files.createSymbolicLink(cache.resolve(PROGRAMS), Once.FOLDER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
