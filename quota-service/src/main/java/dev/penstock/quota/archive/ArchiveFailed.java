package dev.penstock.quota.archive;

/** A day could not be archived, and was not dropped. The message is a sentence for the operator. */
final class ArchiveFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ArchiveFailed(String sentence, RuntimeException cause) {
        super(sentence, cause);
    }
}
