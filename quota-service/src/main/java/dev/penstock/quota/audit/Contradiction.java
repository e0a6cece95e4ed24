package dev.penstock.quota.audit;

/** The database does not say what it said before. The message is a sentence for the operator and the auditor. */
final class Contradiction extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Contradiction(String sentence) {
        super(sentence);
    }

    Contradiction(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
