package dev.penstock.platform.slice;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What may be on the cluster, over all tenants: read at once, since asking for each object by itself is thousands of questions. */
@Component
public class OnCluster {

    private static final Actor SWEEPER = Actor.system("sweep");

    private final JobTransactions transactions;
    private final JdbcClient jdbc;

    OnCluster(JobTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    private record ProjectKey(TenantId tenant, ProjectId project) {}

    private record Mark(UUID uid, boolean moved) {}

    /** @param keeps whether what it has beside its pod stays until it ends, its volume above all */
    private record Place(SliceState state, int phase, boolean keeps) {}

    /** As it was at one moment. */
    public static final class Reading {

        private final Map<ProjectKey, Mark> projects = new HashMap<>();
        private final Map<SliceKey, Place> slices = new HashMap<>();

        /** Whether the uid is that of the project: what carries another one is not ours. */
        public boolean isOurs(TenantId tenant, ProjectId project, UUID uid) {
            Mark mark = projects.get(new ProjectKey(tenant, project));
            return mark != null && mark.uid().equals(uid);
        }

        /** Whether the project is of this tenant now. One that has moved has no room to give back here: it held nothing when it left. */
        public boolean isHere(TenantId tenant, ProjectId project) {
            Mark mark = projects.get(new ProjectKey(tenant, project));
            return mark != null && !mark.moved();
        }

        /**
         * Whether an object of the slice that is no pod may be there.
         *
         * @param phase 0: what belongs to every phase
         */
        public boolean mayHaveObject(SliceKey key, int phase) {
            @Nullable Place place = slices.get(key);
            return mayHave(key, phase) || (phase == 0 && place != null && place.keeps());
        }

        /**
         * Whether something of the slice may be there.
         *
         * @param phase 0: what belongs to every phase
         */
        public boolean mayHave(SliceKey key, int phase) {
            @Nullable Place place = slices.get(key);
            return place != null && (phase == 0 || place.phase() == phase) && switch (place.state()) {
                case PROVISIONING, READY, DRAINING -> true;
                case QUEUED, RESERVED, SUSPENDED, RELEASED, EXPIRED, FAILED -> false;
            };
        }
    }

    public Reading read() {
        return transactions.acrossTenants(Job.RECONCILE, SWEEPER, () -> {
            Reading reading = new Reading();
            jdbc.sql("select tenant_id, id, uid, moved_at is not null as moved from platform.project").query(row -> {
                reading.projects.put(
                        new ProjectKey(new TenantId(row.getObject("tenant_id", UUID.class)), new ProjectId(row.getObject("id", UUID.class))),
                        new Mark(row.getObject("uid", UUID.class), row.getBoolean("moved")));
            });
            jdbc.sql("select tenant_id, id, state, phase, workspace is not null as keeps from platform.slice where ended_at is null").query(row -> {
                reading.slices.put(
                        new SliceKey(new TenantId(row.getObject("tenant_id", UUID.class)), new SliceId(row.getObject("id", UUID.class))),
                        new Place(SliceState.valueOf(row.getString("state")), row.getInt("phase"), row.getBoolean("keeps")));
            });
            return reading;
        });
    }
}
