package dev.penstock.platform.provisioning;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which disturbances share a life: two, half a life apart, so that what came of the first is long settled when the second comes; with {@code -Dpenstock.long} none. */
final class HalfALife {

    private static final boolean ALONE = System.getProperty("penstock.long") != null;

    private HalfALife() {}

    /** @param inOrder as the life comes by them */
    static <T> Stream<List<T>> apart(List<T> inOrder) {
        if (ALONE) {
            return inOrder.stream().map(List::of);
        }
        int half = (inOrder.size() + 1) / 2;
        return IntStream.range(0, half).mapToObj(i -> i + half < inOrder.size() ? List.of(inOrder.get(i), inOrder.get(i + half)) : List.of(inOrder.get(i)));
    }
}
