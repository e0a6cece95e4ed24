package dev.penstock.simulators.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a model reads before it answers.
 *
 * @param parts the texts it is put together from, each counted for itself
 * @param given tokens that came as numbers, which need no counting
 * @param question what is asked, as far as it can be told
 */
record Prompt(List<String> parts, List<String> given, String question) {

    Prompt {
        parts = List.copyOf(parts);
        given = List.copyOf(given);
    }

    static Prompt ofText(String text) {
        return new Prompt(List.of(text), List.of(), text);
    }

    static Prompt ofTokens(List<String> numbers) {
        return new Prompt(List.of(), numbers, "");
    }

    /** How many tokens it has. */
    int tokens() {
        return given.size() + parts.stream().mapToInt(Tokenizer::count).sum();
    }

    /** Its tokens, in order. */
    Stream<String> pieces() {
        return Stream.concat(given.stream(), parts.stream().flatMap(part -> Tokenizer.pieces(part).stream()));
    }
}
