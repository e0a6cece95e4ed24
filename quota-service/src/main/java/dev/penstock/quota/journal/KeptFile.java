package dev.penstock.quota.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of the journal, and how many attempts need it. It is deleted when it is finished and everything in it is settled; not before. */
final class KeptFile {

    private static final Logger log = LoggerFactory.getLogger(KeptFile.class);

    private final Path path;
    private int needed;
    private boolean finished;

    KeptFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    synchronized void need() {
        needed++;
    }

    synchronized void settled() {
        needed--;
        deleteIfDone();
    }

    synchronized boolean gone() {
        return finished && needed == 0;
    }

    /** Nothing more will be written into it. */
    synchronized void finish() {
        finished = true;
        deleteIfDone();
    }

    private void deleteIfDone() {
        if (!finished || needed > 0) {
            return;
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            log.warn("{} says nothing that is needed, and cannot be deleted", path, e);
        }
    }
}
