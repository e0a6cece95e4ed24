package dev.penstock.quota.stop;

import dev.penstock.contract.Problem;
import dev.penstock.contract.StopId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.StopLift;
import dev.penstock.contract.quota.StopSpec;
import dev.penstock.contract.quota.StopView;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.alias.Aliases;
import dev.penstock.quota.route.Routes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Makes stops and lifts them, on record, and shows how far they reached. */
@Component
class StopMaking {

    private final JobTransactions transactions;
    private final StopTable table;
    private final TableCopy<StopId, Stop> copy;
    private final Access access;
    private final Routes routes;
    private final Aliases aliases;
    private final AuditLog audit;
    private final Changes changes;

    StopMaking(
            JobTransactions transactions, StopTable table, TableCopy<StopId, Stop> copy, Access access, Routes routes, Aliases aliases, AuditLog audit, Changes changes) {
        this.transactions = transactions;
        this.table = table;
        this.copy = copy;
        this.access = access;
        this.routes = routes;
        this.aliases = aliases;
        this.audit = audit;
        this.changes = changes;
    }

    List<StopView> list(Actor reader) {
        return transactions.acrossTenants(Job.ORG, reader, () -> withReach(table.list()));
    }

    /** @throws ProblemException {@code invalid_input}, {@code not_found}, {@code exists_but_different}, {@code wrong_state}; the same again makes nothing */
    StopView make(Actor maker, StopId stop, StopSpec spec) {
        if ((spec.tenant() == null) == (spec.model() == null)) {
            throw new ProblemException(Problem.INVALID_INPUT, "Say tenant or model, one of the two.");
        }
        requireWords(spec.reason());
        try {
            transactions.acrossTenants(Job.WEB, maker, () -> {
                StopView before = table.find(stop).orElse(null);
                if (before == null) {
                    insert(maker, stop, spec);
                } else if (!says(before, spec)) {
                    throw new ProblemException(Problem.EXISTS_BUT_DIFFERENT, "A stop with this id was made before, of something else.");
                }
                return null;
            });
        } catch (DuplicateKeyException e) {
            throw new ProblemException(Problem.WRONG_STATE, "Its calls are stopped already.");
        } catch (DataIntegrityViolationException e) {
            throw Access.notFound();
        }
        copy.refreshAfterChange();
        return shown(maker, stop);
    }

    /** The same again changes nothing. */
    StopView lift(Actor lifter, StopId stop, StopLift lift) {
        requireWords(lift.reason());
        transactions.acrossTenants(Job.WEB, lifter, () -> {
            StopView before = table.find(stop).orElseThrow(Access::notFound);
            if (table.lift(stop, lifter.name(), lift.reason())) {
                audit.append(new AuditEvent("stop.lift", "stop", stop.toString(), title(before.tenant(), before.model()), null, lift.reason(), Entry.of(before), null));
                changes.tell("stop", null, null, stop.toString(), "LIFTED");
            }
            return null;
        });
        copy.refreshAfterChange();
        return shown(lifter, stop);
    }

    private void insert(Actor maker, StopId stop, StopSpec spec) {
        String model = spec.model();
        if (model != null && !routes.exists(model) && aliases.find(model).isEmpty()) {
            throw new ProblemException(Problem.INVALID_INPUT, "model: no model and no alias is called " + model + ".");
        }
        table.insert(stop, spec, maker.name());
        audit.append(new AuditEvent("stop.make", "stop", stop.toString(), title(spec.tenant(), model), null, spec.reason(), null, new Entry(spec.tenant(), model, spec.reason())));
        changes.tell("stop", null, null, stop.toString(), "STANDING");
    }

    private StopView shown(Actor reader, StopId stop) {
        return transactions.acrossTenants(Job.ORG, reader, () -> withReach(table.find(stop).stream().toList())).getFirst();
    }

    private List<StopView> withReach(List<StopView> stops) {
        Map<StopId, List<StopView.Reached>> reach = table.reach(stops.stream().map(StopView::id).toList());
        return stops.stream()
                .map(stop -> new StopView(
                        stop.id(), stop.tenant(), stop.tenantName(), stop.model(), stop.reason(), stop.madeBy(), stop.madeAt(), stop.liftedBy(), stop.liftedAt(),
                        stop.liftReason(), reach.getOrDefault(stop.id(), List.of())))
                .toList();
    }

    private static boolean says(StopView before, StopSpec spec) {
        return Objects.equals(before.tenant(), spec.tenant()) && Objects.equals(before.model(), spec.model()) && before.reason().equals(spec.reason());
    }

    private static String title(@Nullable TenantId tenant, @Nullable String model) {
        return model == null ? "tenant " + tenant : "model " + model;
    }

    private static void requireWords(String reason) {
        if (reason.isBlank()) {
            throw new ProblemException(Problem.INVALID_INPUT, "reason: must not be blank.");
        }
    }

    /** How the trail keeps a stop. */
    private record Entry(@Nullable TenantId tenant, @Nullable String model, String reason) {

        static Entry of(StopView stop) {
            return new Entry(stop.tenant(), stop.model(), stop.reason());
        }
    }
}
