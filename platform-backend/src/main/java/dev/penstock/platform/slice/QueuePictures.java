package dev.penstock.platform.slice;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.queue.Booked;
import dev.penstock.platform.queue.Calendar;
import dev.penstock.platform.queue.Held;
import dev.penstock.platform.queue.Picture;
import dev.penstock.platform.queue.Terms;
import dev.penstock.platform.queue.Waiting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** Reads what the rule of the queue decides on. For use within a transaction of the reconciler, which may read of all tenants. */
@Component
class QueuePictures {

    private final JdbcClient jdbc;
    private final SliceProfiles profiles;
    private final Clock clock;

    QueuePictures(JdbcClient jdbc, SliceProfiles profiles, Clock clock) {
        this.jdbc = jdbc;
        this.profiles = profiles;
        this.clock = clock;
    }

    /** Kinds that somebody waits for, or of which somebody has notice to give back. */
    List<PartKind> wanted() {
        List<String> wanted = jdbc.sql("""
                        select distinct profile from platform.slice
                         where state not in ('RELEASED', 'EXPIRED', 'FAILED') and (state = 'QUEUED' or gives_back_at is not null)
                         order by profile""")
                .query(String.class)
                .list();
        return profiles.all().stream().filter(profile -> wanted.contains(profile.id())).map(PartKind::of).distinct().toList();
    }

    /** @param asking who asks for a part at this moment, so is ready to use one; null: nobody */
    Picture of(PartKind kind, Offer offer, Notices notices, @Nullable SliceKey asking) {
        Instant now = clock.instant();
        Offered offered = offer.of(kind);
        List<Held> held = new ArrayList<>();
        List<Room.Held> places = new ArrayList<>();
        List<Waiting> waiting = new ArrayList<>();
        // Who failed and is tried again later cannot use a part now, and does not keep it from others.
        statement("""
                        select s.tenant_id, s.id, (s.vector ->> :resource)::int as size, s.state, s.node, s.holds_room, s.kind = 'SERVING' as serving,
                               s.created_at, s.queued_at, s.gives_back_at, s.stands_still_since, s.ready_at, s.lease_seconds + s.stood_still_seconds as leased,
                               s.starts_at, s.reserved_until, coalesce(s.cluster, '') as cluster,
                               case when s.phase > 1 and (s.workspace is not null or s.serving is not null) then coalesce(s.cluster, '') end as within,
                               s.refused_at is null or s.refused_at < :pressing::timestamptz as pressing,
                               s.attempts > 0 and s.next_attempt_at > now() as later
                          from platform.slice s join platform.slice_profile f on f.id = s.profile
                         where f.node_product = :product and f.kind = :kind and f.resource = :resource and f.replicas = :replicas
                           and s.state not in ('RELEASED', 'EXPIRED', 'FAILED', 'SUSPENDED') and s.vector ->> :resource is not null""", kind)
                .param("pressing", SliceStore.at(now.minus(notices.afterRefusal())))
                .query(row -> {
                    SliceKey key = SliceRow.key(row);
                    if (!SliceRow.text(row, "state").equals("QUEUED") || row.getBoolean("holds_room")) {
                        held.add(held(row, offered));
                        places.add(new Room.Held(key.tenant(), row.getString("node"), row.getInt("size"), row.getString("cluster")));
                    } else if ((!row.getBoolean("later") || key.equals(asking)) && hasBegun(row, now)) {
                        waiting.add(waiting(row, offered, now));
                    }
                });
        return new Picture(
                kindOf(kind, offer), () -> Room.beside(offered, places), held, waiting, terms(kind, now), calendar(kind, offered, notices, now), now,
                now.plus(notices.workspace()));
    }

    private Calendar calendar(PartKind kind, Offered offered, Notices notices, Instant now) {
        return new Calendar(offered.slicesOf(1), booked(kind, now), notices.workspace(), notices.endpoint());
    }

    /** Reservations that have not begun. @param now at which others wait already: nobody is between the two */
    private List<Booked> booked(PartKind kind, Instant now) {
        return statement("""
                        select s.tenant_id, s.id, (s.vector ->> :resource)::int as size, s.starts_at, s.reserved_until
                          from platform.slice s join platform.slice_profile f on f.id = s.profile
                         where f.node_product = :product and f.kind = :kind and f.resource = :resource and f.replicas = :replicas
                           and s.state = 'QUEUED' and s.starts_at > :now::timestamptz""", kind)
                .param("now", SliceStore.at(now))
                .query((row, number) -> new Booked(
                        new TenantId(SliceRow.uuid(row, "tenant_id")), new SliceId(SliceRow.uuid(row, "id")), row.getInt("size"), at(row, "starts_at"),
                        at(row, "reserved_until")))
                .list();
    }

    private Picture.Kind kindOf(PartKind kind, Offer offer) {
        SliceProfile any = profiles.all().stream().filter(profile -> PartKind.of(profile).equals(kind)).findFirst().orElseThrow();
        return new Picture.Kind(kind.nodeProduct(), any.parts() / any.amount(), !kind.kind().shares(), offer.deviceParts());
    }

    private static Held held(ResultSet row, Offered offered) throws SQLException {
        SliceKey key = SliceRow.key(row);
        Instant readyAt = SliceRow.time(row, "ready_at");
        Instant reservedUntil = SliceRow.time(row, "reserved_until");
        Instant ends = readyAt == null || SliceRow.time(row, "stands_still_since") != null
                ? reservedUntil
                : reservedUntil != null ? reservedUntil : readyAt.plus(Duration.ofSeconds(row.getLong("leased")));
        String node = row.getString("node");
        Held.Motion motion = switch (SliceRow.text(row, "state")) {
            case "DRAINING" -> Held.Motion.GOING;
            // Stopping what is on a node that is away makes no room on those that are there.
            case "PROVISIONING", "READY" -> node == null || offered.byNode().containsKey(node) ? Held.Motion.STAYING : Held.Motion.COMING;
            default -> Held.Motion.COMING;
        };
        return new Held(
                key.tenant(), key.slice(), row.getInt("size"), at(row, "created_at"), row.getBoolean("serving"), motion, ends,
                SliceRow.time(row, "gives_back_at"), reservedUntil);
    }

    /** A reservation waits for nothing but its start. */
    private static boolean hasBegun(ResultSet row, Instant now) throws SQLException {
        Instant startsAt = SliceRow.time(row, "starts_at");
        return startsAt == null || !startsAt.isAfter(now);
    }

    private static Waiting waiting(ResultSet row, Offered offered, Instant now) throws SQLException {
        TenantId tenant = new TenantId(SliceRow.uuid(row, "tenant_id"));
        SliceId slice = new SliceId(SliceRow.uuid(row, "id"));
        int size = row.getInt("size");
        // Parts that come free one by one are on any node: several at once, a node of the tenant's own, or one in the
        // cluster where its volume is, do not come of it.
        String within = row.getString("within");
        boolean pressing = row.getBoolean("pressing") && size == 1 && !offered.kind().kind().shares() && offered.isAllWithin(within);
        boolean serving = row.getBoolean("serving");
        Instant reservedUntil = SliceRow.time(row, "reserved_until");
        boolean booked = reservedUntil != null && reservedUntil.isAfter(now);
        Instant until = serving ? null : booked ? reservedUntil : untilAtMost(row, now);
        return new Waiting(tenant, slice, size, booked ? at(row, "starts_at") : at(row, "queued_at"), pressing, serving, until, booked, within);
    }

    /** If it came up now: its whole lease, or what is left of one that began and runs on. */
    private static Instant untilAtMost(ResultSet row, Instant now) throws SQLException {
        Instant readyAt = SliceRow.time(row, "ready_at");
        Instant begin = readyAt == null || SliceRow.time(row, "stands_still_since") != null ? now : readyAt;
        return begin.plus(Duration.ofSeconds(row.getLong("leased")));
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(SliceRow.time(row, column), column);
    }

    /** Of every tenant of which something was agreed, or that has borrowed of another kind. */
    private Map<TenantId, Terms> terms(PartKind kind, Instant now) {
        Map<TenantId, Integer> guaranteed = numbers(statement("""
                        select g.tenant_id, sum(g.count * f.amount)::int as number
                          from platform.share_guarantee g join platform.slice_profile f on f.id = g.profile
                         where f.node_product = :product and f.kind = :kind and f.resource = :resource and f.replicas = :replicas
                         group by g.tenant_id""", kind));
        Map<TenantId, Integer> weights = numbers(jdbc.sql("select tenant_id, weight as number from platform.share_weight"));
        Map<TenantId, Map<String, Long>> elsewhere = borrowedElsewhere(kind, now);
        Set<TenantId> all = new HashSet<>(guaranteed.keySet());
        all.addAll(weights.keySet());
        all.addAll(elsewhere.keySet());
        Map<TenantId, Terms> terms = new HashMap<>();
        all.forEach(tenant -> terms.put(tenant, new Terms(
                guaranteed.getOrDefault(tenant, 0), weights.getOrDefault(tenant, 1), elsewhere.getOrDefault(tenant, Map.of()))));
        return terms;
    }

    private static Map<TenantId, Integer> numbers(StatementSpec statement) {
        Map<TenantId, Integer> numbers = new HashMap<>();
        statement.query(row -> {
            numbers.put(new TenantId(SliceRow.uuid(row, "tenant_id")), row.getInt("number"));
        });
        return numbers;
    }

    /** By profile: what is guaranteed of one is of single parts, which other profiles of its kind do not count against. What is reserved is not borrowed. */
    private Map<TenantId, Map<String, Long>> borrowedElsewhere(PartKind kind, Instant now) {
        Map<TenantId, Map<String, Long>> elsewhere = new HashMap<>();
        statement("""
                        select h.tenant_id, f.node_product, sum(greatest(0, h.parts - coalesce(g.count, 0) * f.parts))::bigint as borrowed
                          from (select tenant_id, profile, sum(parts) as parts from platform.slice
                                 where state not in ('RELEASED', 'EXPIRED', 'FAILED', 'SUSPENDED', 'DRAINING') and (state <> 'QUEUED' or holds_room)
                                   and (reserved_until is null or reserved_until <= :now::timestamptz)
                                 group by tenant_id, profile) h
                          join platform.slice_profile f on f.id = h.profile
                          left join platform.share_guarantee g on g.tenant_id = h.tenant_id and g.profile = h.profile
                         where not (f.node_product = :product and f.kind = :kind and f.resource = :resource and f.replicas = :replicas)
                         group by h.tenant_id, f.node_product""", kind)
                .param("now", SliceStore.at(now))
                .query(row -> {
                    elsewhere.computeIfAbsent(new TenantId(SliceRow.uuid(row, "tenant_id")), tenant -> new HashMap<>())
                            .put(SliceRow.text(row, "node_product"), row.getLong("borrowed"));
                });
        return elsewhere;
    }

    private StatementSpec statement(String sql, PartKind kind) {
        return jdbc.sql(sql)
                .param("product", kind.nodeProduct())
                .param("kind", kind.kind().name())
                .param("resource", kind.resource())
                .param("replicas", kind.replicas());
    }
}
