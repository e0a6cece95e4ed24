package dev.penstock.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A number of tokens of one meter. In JSON it is the bare number. */
public record TokenCount(@JsonValue long tokens) implements Comparable<TokenCount> {

    public static final TokenCount ZERO = new TokenCount(0);

    public TokenCount {
        if (tokens < 0) {
            throw new IllegalArgumentException("a token count cannot be negative: " + tokens);
        }
    }

    @JsonCreator
    public static TokenCount of(long tokens) {
        return new TokenCount(tokens);
    }

    /** @throws ArithmeticException if the sum does not fit 63 bits */
    public TokenCount plus(TokenCount other) {
        return new TokenCount(Math.addExact(tokens, other.tokens));
    }

    @Override
    public int compareTo(TokenCount other) {
        return Long.compare(tokens, other.tokens);
    }
}
