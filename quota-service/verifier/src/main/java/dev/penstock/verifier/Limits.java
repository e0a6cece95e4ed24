package dev.penstock.verifier;

/**
 * What the verifier is prepared to read. A file may have been made to harm the machine that checks it; beyond a limit it is refused with
 * a sentence. The writers of this package refuse to write what these limits would not read.
 */
final class Limits {

    /** One entry's line. */
    static final int LINE_BYTES = 1 << 20;

    /** Objects and arrays within each other. */
    static final int DEPTH = 64;

    /** One line of a checkpoint; a post-quantum witness's signature takes less than half of it. */
    static final int NOTE_LINE_BYTES = 16 << 10;

    /** Lines of one checkpoint: four, an empty one, signatures. */
    static final int NOTE_LINES = 4 + 1 + 32;

    static final int KEY_FILE_BYTES = 16 << 10;

    /** A file of checkpoints that the auditor kept. */
    static final int KEPT_FILE_BYTES = 16 << 20;

    /** The line, at most doubled by escapes, and a checkpoint. */
    static final int PROOF_FILE_BYTES = 4 << 20;

    /** Levels of a tree with 2^62 leaves. */
    static final int PATH_LENGTH = 62;

    /** Each unpacked file of a bundle; it is read as it is unpacked, never held. */
    static final long UNPACKED_BYTES = 64L << 30;

    /** The zip's table of contents for three files with short names. */
    static final int ZIP_DIRECTORY_BYTES = 4 << 10;

    /** The verifier stops looking after so many findings. */
    static final int FINDINGS = 100;

    static final int REMARKS = 20;

    private Limits() {}
}
