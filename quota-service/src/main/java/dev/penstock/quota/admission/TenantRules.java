package dev.penstock.quota.admission;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.allotment.Rate;
import dev.penstock.quota.calendar.TenantCalendar;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A tenant's limits on calls as they were read, found by what they are on. Immutable.
 *
 * @param version moves with every change
 * @param ofNodes by the node of a tenant, project or key
 * @param ofPeople by whom they limit in which project
 */
record TenantRules(long version, TenantCalendar calendar, Map<UUID, List<CallRule>> ofNodes, Map<Person, List<CallRule>> ofPeople) {

    record Person(ProjectId project, String name) {}

    /** @param projects in which the people are, by their node */
    static TenantRules of(long version, TenantCalendar calendar, List<CallRule> rules, Map<UUID, ProjectId> projects) {
        Map<UUID, List<CallRule>> ofNodes = rules.stream().filter(rule -> rule.level() != Verdict.Level.PERSON).collect(Collectors.groupingBy(CallRule::node));
        Map<Person, List<CallRule>> ofPeople = rules.stream().filter(rule -> rule.level() == Verdict.Level.PERSON)
                .collect(Collectors.groupingBy(rule -> new Person(Objects.requireNonNull(projects.get(rule.node()), "a person is in a project"), rule.owner())));
        return new TenantRules(version, calendar, Map.copyOf(ofNodes), Map.copyOf(ofPeople));
    }

    /** Those that count calls of the caller. */
    List<CallRule> counting(Ask.Caller caller) {
        Stream<List<CallRule>> own = caller.key() == null
                ? Stream.of(ofPeople.getOrDefault(new Person(caller.project(), String.valueOf(caller.person())), List.of()))
                : Stream.of(of(caller.key().value()));
        return Stream.concat(Stream.of(of(caller.tenant().value()), of(caller.project().value())), own).flatMap(List::stream).toList();
    }

    List<CallRule> all() {
        return Stream.concat(ofNodes.values().stream(), ofPeople.values().stream()).flatMap(List::stream).toList();
    }

    /** Those of which parts are drawn before their windows begin. */
    List<Rate> rates() {
        return all().stream().filter(rule -> rule.window() == Window.MINUTE || rule.window() == Window.HOUR).map(rule -> new Rate(rule.id(), rule.window())).toList();
    }

    private List<CallRule> of(UUID node) {
        return ofNodes.getOrDefault(node, List.of());
    }
}
