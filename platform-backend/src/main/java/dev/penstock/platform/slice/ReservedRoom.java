package dev.penstock.platform.slice;

import dev.penstock.contract.Problem;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.queue.Calendar;
import dev.penstock.platform.queue.Calendar.Span;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * When parts are spoken for, over all tenants and without naming any. A reservation is beside what is guaranteed: as many parts as are reserved at one
 * moment and guaranteed in all are never more than ready nodes offer, so both can be kept. For use within a transaction.
 */
@Component
public class ReservedRoom {

    private final JdbcClient jdbc;
    private final SliceProfiles profiles;

    ReservedRoom(JdbcClient jdbc, SliceProfiles profiles) {
        this.jdbc = jdbc;
        this.profiles = profiles;
    }

    /**
     * @param offered by ready nodes
     * @param guaranteed to all tenants together
     * @param reserved at the busiest moment of the time
     */
    public record Use(int offered, int guaranteed, int reserved) {

        public int left() {
            return Math.max(0, offered - guaranteed - reserved);
        }
    }

    /** What is promised of the profile's kind in a time. */
    public Use of(SliceProfile profile, Offer offer, Reserved time) {
        List<String> alike = alike(profile);
        int guaranteed = jdbc.sql("select coalesce(sum(count), 0)::int from platform.guaranteed_in_all where profile in (:alike)")
                .param("alike", alike)
                .query(Integer.class)
                .single();
        return new Use(offer.of(PartKind.of(profile)).slicesOf(1), guaranteed, Calendar.busiest(spans(alike), time.from(), time.until()));
    }

    /**
     * Whoever approves a reservation, or guarantees parts, of the same kind waits here until this transaction ends.
     *
     * @throws ProblemException {@code wrong_state} if nothing is left in that time
     */
    public void require(SliceProfile profile, Offer offer, Reserved time) {
        hold(profile);
        Use use = of(profile, offer, time);
        if (use.left() < 1) {
            throw new ProblemException(Problem.WRONG_STATE, "Ready nodes offer " + use.offered() + " of " + profile.id() + "; " + use.guaranteed()
                            + " are guaranteed and up to " + use.reserved() + " reserved in that time: none is left.")
                    .with("profile", profile.id()).with("offered", use.offered()).with("guaranteed", use.guaranteed()).with("reserved", use.reserved());
        }
    }

    /** The most parts that are reserved at one moment; whoever reserves some waits until this transaction ends. */
    public int most(SliceProfile profile) {
        hold(profile);
        return Calendar.busiest(spans(alike(profile)), Instant.EPOCH, Instant.MAX);
    }

    private void hold(SliceProfile profile) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:kind, 0))::text").param("kind", "promised " + PartKind.of(profile)).query().singleRow();
    }

    void write(QueueSlice command, Reserved time) {
        jdbc.sql("insert into platform.reserved_room (tenant_id, slice_id, profile, starts_at, ends_at) values (:tenant, :slice, :profile, :from, :to)")
                .param("tenant", command.tenant().value())
                .param("slice", command.slice().value())
                .param("profile", command.profile().id())
                .param("from", SliceStore.at(time.from()))
                .param("to", SliceStore.at(time.until()))
                .update();
    }

    void clear(SliceKey key) {
        jdbc.sql("delete from platform.reserved_room where tenant_id = :tenant and slice_id = :slice")
                .param("tenant", key.tenant().value())
                .param("slice", key.slice().value())
                .update();
    }

    private List<String> alike(SliceProfile profile) {
        PartKind kind = PartKind.of(profile);
        return profiles.all().stream().filter(other -> other.isOfOneGpu() && PartKind.of(other).equals(kind)).map(SliceProfile::id).toList();
    }

    private List<Span> spans(List<String> alike) {
        return jdbc.sql("select starts_at, ends_at from platform.reserved_room where profile in (:alike)")
                .param("alike", alike)
                .query((row, number) -> new Span(
                        Objects.requireNonNull(SliceRow.time(row, "starts_at")), Objects.requireNonNull(SliceRow.time(row, "ends_at")), 1))
                .list();
    }
}
