package dev.penstock.ui.base;

import dev.penstock.contract.Problem;
import dev.penstock.ui.backend.BackendProblem;
import java.util.function.Function;

/** Ids in addresses. */
public final class PathIds {

    private PathIds() {}

    /** @throws BackendProblem {@code not_found}: what is no id names nothing */
    public static <T> T of(String text, Function<String, T> read) {
        try {
            return read.apply(text);
        } catch (IllegalArgumentException noId) {
            throw new BackendProblem(Problem.NOT_FOUND, "“" + text + "” is no id.", null);
        }
    }
}
