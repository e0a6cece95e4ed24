package dev.penstock.standalone.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** A start that cannot go on. The message says what is wrong and what to do next, in words for whoever typed the command. */
public final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StartFailure(String sentence) {
        super(sentence);
    }

    public StartFailure(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    /**
     * The same failure in words, where its kind tells what to do next.
     *
     * @param doing what was being done, as in "unpacking PostgreSQL"
     */
    public static StartFailure of(String doing, Throwable cause) {
        if (cause instanceof StartFailure already) {
            return already;
        }
        Throwable root = cause instanceof UncheckedIOException && cause.getCause() != null ? cause.getCause() : cause;
        String text = String.valueOf(root.getMessage());
        if (text.contains("No space left on device") || text.contains("Disk quota exceeded")) {
            return new StartFailure("The disk is full (" + doing + "): free some space, or choose another folder with --data.", cause);
        }
        if (root instanceof AccessDeniedException || text.contains("Permission denied")) {
            return new StartFailure(
                    "This user may not write " + place(root) + " (" + doing + "): give it that right, or choose another folder with --data.", cause);
        }
        if (root instanceof IOException) {
            return new StartFailure(doing + " failed: " + text + ". Try again; if it stays, choose another folder with --data.", cause);
        }
        return new StartFailure(doing + " failed: " + text + ".", cause);
    }

    private static String place(Throwable cause) {
        return cause instanceof FileSystemException file && file.getFile() != null ? file.getFile() : "the data folder";
    }
}
