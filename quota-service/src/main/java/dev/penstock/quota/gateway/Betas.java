package dev.penstock.quota.gateway;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of a call's {@code anthropic-beta} goes along: what administrators have named, and nothing else of it. Some betas have Anthropic's service run tools or read
 * what it keeps, which no bound of a prompt knows of.
 */
final class Betas {

    static final String HEADER = "anthropic-beta";

    private static final int MOST_SAID = 100;

    private Betas() {}

    /**
     * @param said values of the client's headers, each a list with commas
     * @return empty: nothing of it may go along
     */
    static Optional<String> allowed(@Nullable Collection<String> said, List<String> named) {
        if (said == null || named.isEmpty()) {
            return Optional.empty();
        }
        String going = said.stream()
                .flatMap(list -> Stream.of(list.split(",", MOST_SAID)))
                .map(String::strip)
                .filter(named::contains)
                .distinct()
                .collect(Collectors.joining(","));
        return going.isEmpty() ? Optional.empty() : Optional.of(going);
    }
}
