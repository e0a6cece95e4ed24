package dev.penstock.quota.registry;

import dev.penstock.contract.Problem;
import dev.penstock.contract.quota.TenantRegistration;
import dev.penstock.frame.problem.ProblemException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A registration that holds together: a calendar and a currency that exist, no id twice, and no member of a project that is not there. */
record Registration(
        long version, String name, String timeZone, String currency, List<TenantRegistration.Project> projects, List<TenantRegistration.Member> members) {

    private static final Set<String> CURRENCIES =
            Currency.getAvailableCurrencies().stream().map(Currency::getCurrencyCode).collect(Collectors.toUnmodifiableSet());

    /** @throws ProblemException {@code invalid_input} */
    static Registration of(TenantRegistration told) {
        require(!told.name().isBlank(), "name: must not be blank.");
        require(ZoneId.getAvailableZoneIds().contains(told.timeZone()), "timeZone: " + told.timeZone() + " is not a time zone's IANA name.");
        require(CURRENCIES.contains(told.currency()), "currency: " + told.currency() + " is not an ISO 4217 code.");
        told.projects().forEach(project -> require(
                project != null && project.id() != null && project.name() != null && !project.name().isBlank(), "projects: each has an id and a name."));
        told.members().forEach(member -> require(
                member != null && Stream.of(member.id(), member.kind(), member.principal(), member.role()).allMatch(Objects::nonNull),
                "members: each has an id, a kind, a principal and a role."));
        Set<Object> projects = distinct(told.projects(), TenantRegistration.Project::id, "projects");
        distinct(told.members(), TenantRegistration.Member::id, "members");
        told.members().forEach(member -> require(
                member.project() == null || projects.contains(member.project()), "members: " + member.id() + " is of a project that is not listed."));
        return new Registration(told.version(), told.name(), told.timeZone(), told.currency(), told.projects(), told.members());
    }

    private static <T> Set<Object> distinct(List<T> things, Function<T, Object> id, String field) {
        Set<Object> ids = new HashSet<>();
        things.forEach(thing -> require(ids.add(id.apply(thing)), field + ": an id stands twice."));
        return ids;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ProblemException(Problem.INVALID_INPUT, otherwise);
        }
    }
}
