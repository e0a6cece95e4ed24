package dev.penstock.quota.usage;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.jobs.UuidOrder;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.access.Reach;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What of the usage somebody asks for is theirs to see, and as which database role it is read. */
@Component
class UsageSight {

    /**
     * What is read in one transaction.
     *
     * @param tenant null: all of them, which organisation roles see
     */
    record Part(@Nullable TenantId tenant, Reach reach, boolean acrossTenants) {}

    private final Access access;
    private final JobTransactions transactions;

    UsageSight(Access access, JobTransactions transactions) {
        this.access = access;
        this.transactions = transactions;
    }

    /**
     * @param tenant null: every one that the caller sees
     * @param project null: every one
     * @throws dev.penstock.frame.problem.ProblemException {@code not_found} for a tenant or project that the caller does not see
     */
    List<Part> parts(@Nullable TenantId tenant, @Nullable ProjectId project) {
        access.requirePerson();
        if (tenant != null) {
            access.requireSees(tenant);
        }
        if (access.seesAllTenants()) {
            return List.of(new Part(tenant, Reach.WHOLE, true));
        }
        List<Part> parts = (tenant == null ? access.ownTenants().stream() : Stream.of(tenant))
                .sorted(Comparator.comparing(TenantId::value, UuidOrder.AS_DATABASE))
                .map(own -> new Part(own, access.reach(own), false))
                .filter(part -> project == null || part.reach().covers(project))
                .toList();
        if (project != null && parts.isEmpty()) {
            throw Access.notFound();
        }
        return parts;
    }

    /** Reads the part as whoever asks. */
    <T extends @Nullable Object> T read(Part part, Function<Part, T> work) {
        Actor reader = access.actor();
        TenantId tenant = part.tenant();
        return part.acrossTenants() || tenant == null
                ? transactions.acrossTenants(Job.ORG, reader, () -> work.apply(part))
                : transactions.inTenant(Job.WEB, reader, tenant, () -> work.apply(part));
    }
}
