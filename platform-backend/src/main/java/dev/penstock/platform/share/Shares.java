package dev.penstock.platform.share;

import dev.penstock.contract.Problem;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.ShareSpec;
import dev.penstock.contract.platform.ShareView;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.fleet.Fleet;
import dev.penstock.platform.fleet.Kueue;
import dev.penstock.platform.slice.Holdings;
import dev.penstock.platform.slice.Holdings.Count;
import dev.penstock.platform.slice.Offer;
import dev.penstock.platform.slice.PartKind;
import dev.penstock.platform.slice.ReservedRoom;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/**
 * Guarantees are promised only as far as ready nodes can keep them at that moment. A fleet that shrinks afterwards breaks no row: the promises
 * stay, the queue serves the longest waiting of them, and administrators see that more is promised than there is.
 */
@Component
class Shares {

    private final JobTransactions transactions;
    private final ShareTable table;
    private final Holdings holdings;
    private final ReservedRoom reserved;
    private final SliceProfiles profiles;
    private final Fleet fleet;
    private final Kueue kueue;
    private final Access access;
    private final AuditLog audit;
    private final Changes changes;

    Shares(
            JobTransactions transactions,
            ShareTable table,
            Holdings holdings,
            ReservedRoom reserved,
            SliceProfiles profiles,
            Fleet fleet,
            Kueue kueue,
            Access access,
            AuditLog audit,
            Changes changes) {
        this.transactions = transactions;
        this.table = table;
        this.holdings = holdings;
        this.reserved = reserved;
        this.profiles = profiles;
        this.fleet = fleet;
        this.kueue = kueue;
        this.access = access;
        this.audit = audit;
        this.changes = changes;
    }

    ShareView view(TenantId tenant) {
        Map<String, Count> counts = holdings.byProfile(tenant);
        Map<String, Integer> inAll = access.seesAllTenants() ? transactions.acrossTenants(Job.ORG, access.actor(), table::inAll) : null;
        ShareSpec share = transactions.inTenant(Job.WEB, access.actor(), tenant, () -> table.find(tenant));
        return new ShareView(tenant, access.tenantName(tenant), share.weight(), profiles.all().stream().map(profile -> {
            Count count = counts.getOrDefault(profile.id(), Count.NONE);
            return new ShareView.Line(
                    profile.id(), share.guaranteed().getOrDefault(profile.id(), 0), count.held(), count.waiting(),
                    inAll == null ? null : inAll.getOrDefault(profile.id(), 0));
        }).toList());
    }

    void put(TenantId tenant, ShareSpec spec) {
        spec.guaranteed().keySet().forEach(profile -> {
            SliceProfile known = profiles.find(profile)
                    .orElseThrow(() -> new ProblemException(Problem.UNKNOWN_PROFILE, "There is no slice profile " + profile + ".").with("profile", profile));
            // Whoever gives back one GPU makes no room for two of one node, and none on a node that is another tenant's.
            if (!known.isOfOneGpu()) {
                throw new ProblemException(Problem.INVALID_INPUT, profile + " cannot be guaranteed: only a whole GPU or a partition of one can.")
                        .with("profile", profile);
            }
        });
        Optional<Offer> offer = fleet.offer(profiles.all());
        transactions.inTenant(Job.WEB, access.actor(), tenant, () -> {
            if (!table.lock(tenant)) {
                throw Access.notFound();
            }
            ShareSpec before = table.find(tenant);
            if (before.equals(spec)) {
                return false;
            }
            table.weigh(tenant, spec.weight());
            // In one order, so that two who change the same profiles do not wait for each other.
            TreeSet<String> touched = new TreeSet<>(before.guaranteed().keySet());
            touched.addAll(spec.guaranteed().keySet());
            touched.forEach(profile -> guarantee(tenant, profile, before, spec, offer));
            audit.append(new AuditEvent("tenant.set-share", "tenant", tenant.toString(), access.tenantName(tenant), null, null, before, spec));
            changes.tell("tenant", tenant, null, tenant.toString(), null);
            return true;
        });
    }

    private void guarantee(TenantId tenant, String id, ShareSpec before, ShareSpec after, Optional<Offer> offer) {
        int count = after.guaranteed().getOrDefault(id, 0);
        int more = count - before.guaranteed().getOrDefault(id, 0);
        if (more == 0) {
            return;
        }
        int inAll = table.guarantee(tenant, id, count, more);
        if (more > 0) {
            SliceProfile profile = profiles.find(id).orElseThrow();
            kueue.requirePromisable(profile);
            int offered = offer.orElseThrow(() -> new ProblemException(
                            Problem.CLUSTER_UNAVAILABLE, "The cluster has not answered yet, so nobody knows what can be guaranteed."))
                    .of(PartKind.of(profile)).slicesOf(1);
            int booked = reserved.most(profile);
            if (inAll + booked > offered) {
                throw new ProblemException(Problem.WRONG_STATE, tooMany(id, offered, inAll - count, booked))
                        .with("profile", id).with("offered", offered).with("guaranteedToOthers", inAll - count);
            }
        }
    }

    private static String tooMany(String profile, int offered, int others, int booked) {
        return "Ready nodes offer " + offered + " of " + profile + " and " + others + " are guaranteed to others"
                + (booked == 0 ? "" : ", up to " + booked + " are reserved") + ": at most " + Math.max(0, offered - others - booked) + " can be guaranteed here.";
    }
}
