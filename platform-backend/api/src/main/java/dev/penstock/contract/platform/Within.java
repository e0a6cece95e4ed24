package dev.penstock.contract.platform;

/**
 * A name of something that several clusters may have: a node, a namespace. What is in the first cluster keeps its plain name; what is in another one is called
 * {@code cluster:name}, which no name on a cluster can be.
 *
 * @param cluster empty: the first
 */
public record Within(String cluster, String name) {

    private static final char BETWEEN = ':';

    public static Within of(String text) {
        int at = text.indexOf(BETWEEN);
        return at < 0 ? new Within("", text) : new Within(text.substring(0, at), text.substring(at + 1));
    }

    @Override
    public String toString() {
        return cluster.isEmpty() ? name : cluster + BETWEEN + name;
    }
}
