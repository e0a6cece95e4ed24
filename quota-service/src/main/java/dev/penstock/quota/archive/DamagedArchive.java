package dev.penstock.quota.archive;

import org.jspecify.annotations.Nullable;

/** An archive is not what was written. The message is a sentence for the operator. */
final class DamagedArchive extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DamagedArchive(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
