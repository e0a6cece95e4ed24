package dev.penstock.quota.route;

import dev.penstock.contract.Problem;
import dev.penstock.contract.quota.RouteRegistration;
import dev.penstock.frame.problem.ProblemException;
import java.net.URI;
import java.util.Locale;

/** A registration that holds together: an address that can be one of an engine's, and sizes that fit each other. */
record Publication(RouteRegistration told) {

    /** More context than any model has; sums of bounds stay far from overflowing. */
    private static final long MOST_CONTEXT = 100_000_000;

    private static final int MOST_TOKENS_PER_BYTE = 16;

    /** @throws ProblemException {@code invalid_input} */
    static Publication of(RouteRegistration told) {
        require(!told.model().isBlank() && told.model().equals(told.model().strip()), "model: must not begin or end with a blank.");
        require(told.tasks().stream().distinct().count() == told.tasks().size(), "tasks: one stands twice.");
        require(told.contextTokens() <= MOST_CONTEXT, "contextTokens: is more than " + MOST_CONTEXT + ".");
        require(told.maxOutputTokens() <= told.contextTokens(), "maxOutputTokens: is more than the context.");
        Integer perByte = told.maxTokensPerByte();
        require(perByte == null || perByte <= MOST_TOKENS_PER_BYTE, "maxTokensPerByte: is more than " + MOST_TOKENS_PER_BYTE + "; leave it out if it is not known.");
        require(told.engineKey().chars().allMatch(c -> c > 0x20 && c < 0x7f), "engineKey: must be visible ASCII characters.");
        checkAddress(told.address());
        return new Publication(told);
    }

    /** Nothing but scheme, host and port, so that nobody's path or password comes along; never the addresses where clouds keep credentials. */
    private static void checkAddress(String address) {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException e) {
            throw invalid("address: is no URL.");
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        require(scheme.equals("http") || scheme.equals("https"), "address: must begin with http or https.");
        require(uri.getHost() != null && uri.getRawUserInfo() == null, "address: must have a host and no user.");
        require(String.valueOf(uri.getRawPath()).matches("/?") && uri.getRawQuery() == null && uri.getRawFragment() == null, "address: must have nothing behind host and port.");
        require(!uri.getHost().startsWith("169.254.") && !uri.getHost().toLowerCase(Locale.ROOT).startsWith("[fe80:"), "address: must not be link-local.");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw invalid(otherwise);
        }
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.INVALID_INPUT, detail);
    }
}
