package dev.penstock.bench.canary;

/**
 * What a caller got.
 *
 * @param status 0: none, the connection broke
 * @param headers and {@code body} as text
 */
record Reply(Errand errand, Words words, int status, String headers, String body) {

    boolean isError() {
        return status == 0 || status >= 300;
    }
}
