package dev.penstock.platform.tenant;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.MemberId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.ApprovalPolicy;
import dev.penstock.contract.platform.MemberSpec;
import dev.penstock.contract.platform.ProjectSpec;
import dev.penstock.contract.platform.TenantSpec;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.access.Access;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A tenant with everything that changes with it. Any change of it, its projects or its members makes its version grow by one, which is
 * what quota-service is told. Verbs say whether they changed anything, so that repeating one is neither recorded nor published again.
 */
@Entity
@Table(schema = "platform", name = "tenant")
class Tenant {

    /** As many as quota-service takes in one registration. */
    static final int MOST_PROJECTS = 1_000;
    static final int MOST_MEMBERS = 10_000;

    /**
     * A project comes back at the earliest after this. It is far longer than quota-service's replicas admit calls by what they once read of a tenant: none
     * of them still takes the project for one that never left. See docs/decisions/022.
     */
    static final Duration RETURNS_AFTER = Duration.ofMinutes(30);

    @Id
    private UUID id;
    private String name;
    private String title;
    private String timeZone;
    private String currency;
    private long approvesUpTo;
    private long longestLeaseSeconds;
    @Version
    private long version = 1;
    @Column(updatable = false)
    private Instant createdAt;

    /** By the first day, in the tenant's own calendar, on which it holds. */
    @ElementCollection
    @CollectionTable(schema = "platform", name = "cost_centre", joinColumns = @JoinColumn(name = "tenant_id"))
    @MapKeyColumn(name = "valid_from")
    @Column(name = "code")
    private Map<LocalDate, String> costCentres = new HashMap<>();

    @ElementCollection
    @CollectionTable(schema = "platform", name = "project", joinColumns = @JoinColumn(name = "tenant_id"))
    @MapKeyColumn(name = "id")
    private Map<UUID, Project> projects = new HashMap<>();

    @ElementCollection
    @CollectionTable(schema = "platform", name = "member", joinColumns = @JoinColumn(name = "tenant_id"))
    @MapKeyColumn(name = "id")
    private Map<UUID, Member> members = new HashMap<>();

    /** For Hibernate, which fills the fields. */
    @SuppressWarnings("NullAway.Init")
    protected Tenant() {}

    /** A new tenant. Until somebody sets a policy, every request needs consent and a lease lasts a week at most. */
    Tenant(TenantId id, TenantSpec spec, Instant now) {
        this.id = id.value();
        this.name = spec.name();
        this.title = spec.title();
        this.timeZone = spec.timeZone();
        this.currency = spec.currency();
        this.longestLeaseSeconds = 7 * 24 * 3600L;
        this.createdAt = now;
        costCentres.put(today(now), spec.costCentre());
    }

    /**
     * Takes over a specification. Another cost centre holds from today on; earlier days keep the earlier one.
     *
     * @throws ProblemException {@code invalid_input} for another currency: statements of the tenant are made out in it
     */
    boolean change(TenantSpec spec, Instant now) {
        if (!spec.currency().equals(currency)) {
            throw new ProblemException(Problem.INVALID_INPUT, "The tenant is billed in " + currency + "; the currency of a tenant cannot change.");
        }
        if (spec.equals(spec(now))) {
            return false;
        }
        name = spec.name();
        title = spec.title();
        timeZone = spec.timeZone();
        if (!spec.costCentre().equals(costCentre(now))) {
            costCentres.put(today(now), spec.costCentre());
        }
        return true;
    }

    /**
     * Adds a project or gives it another name.
     *
     * @param uid used if it is new
     * @throws ProblemException {@code name_taken} when another project of this tenant has the name
     */
    boolean put(ProjectId project, ProjectSpec spec, UUID uid, Instant now) {
        Project before = projects.get(project.value());
        if (before != null && !before.isHere()) {
            throw new ProblemException(Problem.EXISTS_BUT_DIFFERENT, "The project has moved to another tenant.");
        }
        if (before != null && before.name().equals(spec.name())) {
            return false;
        }
        requireFree(project, spec.name());
        bounded(projects, project.value(), MOST_PROJECTS, "projects");
        projects.put(project.value(), before == null ? Project.fresh(spec.name(), uid, now) : before.renamed(spec.name()));
        return true;
    }

    /**
     * The project is here no more, nor are its members. Its row stays for what it had here.
     *
     * @throws ProblemException {@code not_found}
     */
    Leaving leave(ProjectId project, Instant at) {
        Project leaving = here(project).orElseThrow(Access::notFound);
        Map<UUID, Member> going = new HashMap<>(members);
        going.values().removeIf(member -> !project.equals(member.project()));
        members.keySet().removeAll(going.keySet());
        projects.put(project.value(), leaving.gone(at));
        return new Leaving(leaving, going, members.size(), currency);
    }

    /**
     * Takes over a project of another tenant, without its members.
     *
     * @throws ProblemException {@code invalid_input} for another currency, {@code name_taken}; {@code exists_but_different} when the id is used for another
     *     project here; {@code wrong_state} when it left this tenant a moment ago, or the two have more members than can be told at once
     */
    void join(ProjectId project, Leaving leaving, Instant at) {
        Project before = projects.get(project.value());
        if (!leaving.currency().equals(currency)) {
            throw new ProblemException(Problem.INVALID_INPUT,
                    "to: the tenant is billed in " + currency + ", the project in " + leaving.currency() + "; its limits in money would mean nothing.");
        }
        if (before != null && (before.movedAt() == null || !before.uid().equals(leaving.project().uid()))) {
            throw new ProblemException(Problem.EXISTS_BUT_DIFFERENT, "The tenant uses the project's id for another project.");
        }
        if (before != null && at.isBefore(Objects.requireNonNull(before.movedAt()).plus(RETURNS_AFTER))) {
            throw new ProblemException(Problem.WRONG_STATE,
                    "The project left this tenant less than " + RETURNS_AFTER.toMinutes() + " minutes ago; it can come back when they are over.");
        }
        requireFree(project, leaving.project().name());
        bounded(projects, project.value(), MOST_PROJECTS, "projects");
        if (members.size() + leaving.members().size() + leaving.staying() > MOST_MEMBERS) {
            throw new ProblemException(Problem.WRONG_STATE,
                    "The two tenants have more than " + MOST_MEMBERS + " members together; quota-service is told of both at once, and takes as many.");
        }
        projects.put(project.value(), leaving.project());
    }

    /** Members of a project that has joined, when it is there for them to name. */
    void add(Leaving leaving) {
        members.putAll(leaving.members());
    }

    /**
     * Adds a member or changes it.
     *
     * @throws ProblemException {@code invalid_input} when the project is not one of this tenant; {@code name_taken} when the principal
     *     already has a role in the same place under another id
     */
    boolean put(MemberId member, MemberSpec spec) {
        Member wanted = Member.of(spec);
        ProjectId in = wanted.project();
        if (in != null && here(in).isEmpty()) {
            throw new ProblemException(Problem.INVALID_INPUT, "The tenant has no project " + in + ".");
        }
        if (wanted.equals(members.get(member.value()))) {
            return false;
        }
        if (anyOther(members, member.value(), other -> other.standsWhere(wanted))) {
            throw new ProblemException(Problem.NAME_TAKEN, spec.principal() + " already has a role there; change that one.").with("name", spec.principal());
        }
        bounded(members, member.value(), MOST_MEMBERS, "members");
        members.put(member.value(), wanted);
        return true;
    }

    boolean remove(MemberId member) {
        return members.remove(member.value()) != null;
    }

    boolean put(ApprovalPolicy policy) {
        if (policy.equals(policy())) {
            return false;
        }
        approvesUpTo = policy.approvesUpTo().partSeconds();
        longestLeaseSeconds = policy.longestLeaseSeconds();
        return true;
    }

    TenantId id() {
        return new TenantId(id);
    }

    String name() {
        return name;
    }

    String currency() {
        return currency;
    }

    String timeZone() {
        return timeZone;
    }

    String title() {
        return title;
    }

    Instant createdAt() {
        return createdAt;
    }

    ApprovalPolicy policy() {
        return new ApprovalPolicy(new GpuTime(approvesUpTo), longestLeaseSeconds);
    }

    /** As it stands today. */
    TenantSpec spec(Instant now) {
        return new TenantSpec(name, title, costCentre(now), timeZone, currency);
    }

    /** Oldest first. */
    Map<LocalDate, String> costCentres() {
        return new TreeMap<>(costCentres);
    }

    /** Those that are here. */
    Map<UUID, Project> projects() {
        Map<UUID, Project> here = new HashMap<>(projects);
        here.values().removeIf(project -> !project.isHere());
        return Map.copyOf(here);
    }

    Map<UUID, Member> members() {
        return Map.copyOf(members);
    }

    @Nullable ProjectSpec project(ProjectId project) {
        return here(project).map(Project::spec).orElse(null);
    }

    @Nullable MemberSpec member(MemberId member) {
        return Optional.ofNullable(members.get(member.value())).map(Member::spec).orElse(null);
    }

    private Optional<Project> here(ProjectId project) {
        return Optional.ofNullable(projects.get(project.value())).filter(Project::isHere);
    }

    /** The name of a project that is gone is free. */
    private void requireFree(ProjectId project, String wanted) {
        if (anyOther(projects, project.value(), other -> other.isHere() && other.name().equals(wanted))) {
            throw new ProblemException(Problem.NAME_TAKEN, "Another project of this tenant is called " + wanted + ".").with("name", wanted);
        }
    }

    private String costCentre(Instant now) {
        Map.Entry<LocalDate, String> holds = new TreeMap<>(costCentres).floorEntry(today(now));
        // Only where the tenant moved to a zone whose day is still before its first one.
        return holds != null ? holds.getValue() : new TreeMap<>(costCentres).firstEntry().getValue();
    }

    private LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, ZoneId.of(timeZone));
    }

    private static <T> boolean anyOther(Map<UUID, T> all, UUID key, Predicate<T> clashes) {
        return all.entrySet().stream().anyMatch(entry -> !entry.getKey().equals(key) && clashes.test(entry.getValue()));
    }

    private static void bounded(Map<UUID, ?> all, UUID key, int most, String what) {
        if (!all.containsKey(key) && all.size() >= most) {
            throw new ProblemException(Problem.INVALID_INPUT, "A tenant has at most " + most + " " + what + ".");
        }
    }
}
