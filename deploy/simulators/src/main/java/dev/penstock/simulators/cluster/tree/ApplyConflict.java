package dev.penstock.simulators.cluster.tree;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A server-side apply would change fields that others own, and was not told to force it. */
public final class ApplyConflict extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** One field somebody else owns: who, and where, as the API server words it. */
    public record Cause(String owner, String field) {
    }

    private final transient List<Cause> causes;

    ApplyConflict(List<Cause> causes) {
        super(message(causes));
        this.causes = List.copyOf(causes);
    }

    /** The fields in question. */
    public List<Cause> causes() {
        return causes;
    }

    private static String message(List<Cause> causes) {
        if (causes.size() == 1) {
            return "Apply failed with 1 conflict: conflict with " + causes.getFirst().owner() + ": "
                    + causes.getFirst().field();
        }
        TreeMap<String, List<Cause>> byOwner = causes.stream()
                .sorted(Comparator.comparing(Cause::field))
                .collect(Collectors.groupingBy(Cause::owner, TreeMap::new, Collectors.toList()));
        String lines = byOwner.entrySet().stream()
                .map(entry -> "conflicts with " + entry.getKey() + ":\n"
                        + entry.getValue().stream().map(cause -> "- " + cause.field()).collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n"));
        return "Apply failed with " + causes.size() + " conflicts: " + lines;
    }
}
