package dev.penstock.quota.admission;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.Window;
import dev.penstock.quota.allotment.Rate;
import dev.penstock.quota.calendar.Periods;
import dev.penstock.quota.calendar.PresentPeriods;
import dev.penstock.quota.calendar.TenantCalendar;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A tenant's limits on calls as they were read, found by what they are on. Immutable.
 *
 * @param version moves with every change
 * @param periods of the tenant's calendar
 * @param projects the tenant's when they were read; of another one, which has come since, these may lack the limits
 * @param gone the tenant's shortly before, and when that was noticed to have changed
 * @param ofNodes by the node of a tenant, project or key
 * @param ofPeople by whom they limit in which project
 */
record TenantRules(
        long version, Periods periods, Set<ProjectId> projects, Map<ProjectId, Instant> gone, Map<UUID, List<CallRule>> ofNodes,
        Map<Person, List<CallRule>> ofPeople) {

    /**
     * For so long calls of a project that has left may still come: from whoever has not learnt it as soon. Far below the time after which a project may
     * come back, and bring other limits.
     */
    private static final Duration LATE = Duration.ofMinutes(1);

    record Person(ProjectId project, String name) {}

    /** @param inProjects in which the people are, by their node */
    static TenantRules of(long version, TenantCalendar calendar, Set<ProjectId> projects, List<CallRule> rules, Map<UUID, ProjectId> inProjects) {
        Map<UUID, List<CallRule>> ofNodes = rules.stream().filter(rule -> rule.level() != Verdict.Level.PERSON).collect(Collectors.groupingBy(CallRule::node));
        Map<Person, List<CallRule>> ofPeople = rules.stream().filter(rule -> rule.level() == Verdict.Level.PERSON)
                .collect(Collectors.groupingBy(rule -> new Person(Objects.requireNonNull(inProjects.get(rule.node()), "a person is in a project"), rule.owner())));
        return new TenantRules(version, new PresentPeriods(calendar), Set.copyOf(projects), Map.of(), Map.copyOf(ofNodes), Map.copyOf(ofPeople));
    }

    /** These, read after others. */
    TenantRules after(TenantRules before, Instant now) {
        Map<ProjectId, Instant> left = new HashMap<>(before.gone);
        before.projects.forEach(project -> left.put(project, now));
        left.keySet().removeAll(projects);
        left.values().removeIf(at -> isLate(at, now));
        return new TenantRules(version, periods, projects, Map.copyOf(left), ofNodes, ofPeople);
    }

    /** Whether all limits on the project's calls are known: one that comes from another tenant brings its own with it. */
    boolean cover(ProjectId project, Instant now) {
        Instant left = gone.get(project);
        return projects.contains(project) || (left != null && !isLate(left, now));
    }

    private static boolean isLate(Instant left, Instant now) {
        return left.plus(LATE).isBefore(now);
    }

    /** Those that count calls of the caller. */
    List<CallRule> counting(Ask.Caller caller) {
        List<CallRule> counting = new ArrayList<>(of(caller.tenant().value()));
        counting.addAll(of(caller.project().value()));
        counting.addAll(caller.key() == null
                ? ofPeople.getOrDefault(new Person(caller.project(), String.valueOf(caller.person())), List.of())
                : of(caller.key().value()));
        return counting;
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
