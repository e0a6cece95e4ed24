package dev.penstock.bench.canary;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A place that was searched.
 *
 * @param things files, tables, lines or answers
 * @param control what was planted in it
 * @param planted the forms in which it was
 * @param allowed kinds that may be found here
 */
public record Searched(String place, int things, long bytes, Set<Sighting> sightings, Canary control, Set<Form> planted, Set<Kind> allowed) {

    /** Whether what is found of the kind is no leak: told all the same. */
    public boolean mayHave(Kind kind) {
        return allowed.contains(kind);
    }

    /** Where such may stand. */
    Searched with(Set<Kind> kinds) {
        return new Searched(place, things, bytes, sightings, control, planted, Set.copyOf(kinds));
    }

    /** Canaries of a kind that should not be here. */
    public long found(Kind kind) {
        return leaks().stream().filter(sighting -> sighting.canary().kind() == kind).map(Sighting::canary).distinct().count();
    }

    public List<Sighting> leaks() {
        return sightings.stream().filter(sighting -> sighting.canary().kind() != Kind.CONTROL).toList();
    }

    /** Forms of the control that were found. */
    public Set<Form> controls() {
        return sightings.stream().filter(sighting -> sighting.canary().equals(control)).map(Sighting::form).collect(Collectors.toSet());
    }

    /** Whether to have found nothing means something. */
    public boolean counts() {
        return things > 0 && bytes > 0 && !planted.isEmpty() && controls().containsAll(planted);
    }
}
