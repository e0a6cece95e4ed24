package dev.penstock.verifier;

/** A file that cannot be checked at all, neither found intact nor found broken. The message is a sentence for the person who gave it. */
public final class UnusableInput extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UnusableInput(String sentence) {
        super(sentence);
    }

    public UnusableInput(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
