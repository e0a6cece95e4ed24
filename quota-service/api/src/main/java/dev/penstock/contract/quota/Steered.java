package dev.penstock.contract.quota;

/**
 * That a call was answered otherwise than it asked, because its project wants it so.
 *
 * @param asked the model or alias that it named
 * @param why which rule said so, in few and always the same words; nothing of what the call said
 */
public record Steered(String asked, String why) {

    private static final int LONGEST = 200;

    public Steered {
        if (why.isBlank() || why.length() > LONGEST) {
            throw new IllegalArgumentException("why a call is steered is told in 1 to " + LONGEST + " characters: " + why);
        }
    }
}
