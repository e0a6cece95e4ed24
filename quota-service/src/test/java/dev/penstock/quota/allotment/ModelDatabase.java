package dev.penstock.quota.allotment;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.Meter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the statements mean, each atomic. Checks after each what has to hold of the tables, by counting everything anew. */
final class ModelDatabase {

    static final TenantId TENANT = new TenantId(new UUID(7, 7));
    static final long SILENCE = 2_000 * VirtualTime.MILLI;

    static final class Row {
        final long number;
        final PotId pot;
        final String replica;
        final long epoch;
        final int journal;
        long drawn;
        long spent;
        long returned;
        long recalled;
        long answered;

        Row(long number, PotId pot, String replica, long epoch, int journal) {
            this.number = number;
            this.pot = pot;
            this.replica = replica;
            this.epoch = epoch;
            this.journal = journal;
        }

        long held() {
            return drawn - spent - returned;
        }
    }

    static final class Count {
        long base;
        long settled;
        long leased;
    }

    static final class Life {
        long epoch;
        long started;
        long contact;
    }

    /** @param tokens used, or the bound where nobody knows */
    record End(SimCall call, List<Share> shares, long tokens) {}

    private final VirtualTime time;
    private final Flaw flaw;
    final Map<LimitId, SimLimit> limits = new LinkedHashMap<>();
    final Map<PotId, Count> counts = new TreeMap<>();
    final Map<Long, Row> rows = new TreeMap<>();
    /** Of which count an allotment is, also when both are gone. */
    final Map<Long, Count> countOf = new HashMap<>();
    final Map<String, Life> lives = new TreeMap<>();
    final Map<Integer, End> usage = new TreeMap<>();
    private final Map<PotId, Long> leasedBefore = new HashMap<>();
    private long numbers;
    private boolean moved;

    ModelDatabase(VirtualTime time, Flaw flaw) {
        this.time = time;
        this.flaw = flaw;
    }

    long start(String replica) {
        Life life = lives.computeIfAbsent(replica, name -> new Life());
        life.started = time.now();
        life.contact = time.now();
        return ++life.epoch;
    }

    boolean contact(String replica, long epoch) {
        Life life = lives.get(replica);
        if (life.epoch == epoch) {
            life.contact = time.now();
        }
        return life.epoch == epoch;
    }

    Drawing draw(String replica, long epoch, int journal, Draw draw) {
        if (lives.get(replica).epoch != epoch) {
            return new Drawing.Superseded();
        }
        List<LimitId> gone = draw.lines().stream().map(line -> line.pot().limit()).filter(limit -> !limits.containsKey(limit)).toList();
        if (!gone.isEmpty()) {
            return new Drawing.Gone(gone);
        }
        List<PotId> uncounted = draw.lines().stream().map(Draw.Line::pot).filter(pot -> !counts.containsKey(pot)).toList();
        if (!uncounted.isEmpty()) {
            return new Drawing.NotCounted(uncounted);
        }
        List<Drawing.Refusal> refusals = new ArrayList<>();
        for (Draw.Line line : draw.lines()) {
            if (line.needed().signum() > 0 && line.needed().longValueExact() > left(line.pot()) && flaw != Flaw.UNCHECKED_DRAW) {
                refusals.add(refuse(replica, epoch, line));
            }
        }
        return refusals.isEmpty() ? grant(replica, epoch, journal, draw) : new Drawing.Refused(refusals);
    }

    private Drawing grant(String replica, long epoch, int journal, Draw draw) {
        moved = true;
        List<Holding> holdings = new ArrayList<>();
        int replicas = (int) lives.values().stream().filter(this::isThere).count();
        for (Draw.Line line : draw.lines()) {
            boolean recalled = rows.values().stream().anyMatch(row -> row.pot.equals(line.pot()) && row.recalled > 0);
            long granted = line.needed().signum() == 0 && recalled ? 0 : Sizing.granted(line.needed(), line.wanted(), BigInteger.valueOf(left(line.pot())), replicas).longValueExact();
            if (granted > 0) {
                Row row = rows.values().stream().filter(each -> each.pot.equals(line.pot()) && each.replica.equals(replica) && each.epoch == epoch).findFirst()
                        .orElseGet(() -> add(new Row(++numbers, line.pot(), replica, epoch, journal)));
                row.drawn += granted;
                counts.get(line.pot()).leased += granted;
                holdings.add(holding(row));
            }
        }
        return new Drawing.Granted(holdings);
    }

    private Drawing.Refusal refuse(String replica, long epoch, Draw.Line line) {
        boolean room = counts.get(line.pot()).settled + line.needed().longValueExact() <= limits.get(line.pot().limit()).amount();
        List<Row> others = !room ? List.of() : rows.values().stream().filter(row -> row.pot.equals(line.pot()) && !(row.replica.equals(replica) && row.epoch == epoch) && row.held() > 0
                && lives.get(row.replica).epoch == row.epoch && isThere(lives.get(row.replica))).toList();
        long recall = line.recall();
        if (recall == 0 && !others.isEmpty()) {
            recall = 1 + rows.values().stream().filter(row -> row.pot.equals(line.pot())).mapToLong(row -> row.recalled).max().orElse(0);
            long number = recall;
            others.forEach(row -> row.recalled = number);
        }
        long number = recall;
        boolean awaited = number > 0 && others.stream().anyMatch(row -> row.recalled >= number && row.answered < number);
        Count count = counts.get(line.pot());
        return new Drawing.Refusal(line.pot(), big(limits.get(line.pot().limit()).amount()), big(count.settled), big(count.leased), line.needed(), number, awaited);
    }

    boolean giveBack(String replica, long epoch, List<Giving> givings) {
        moved = true;
        if (lives.get(replica).epoch != epoch) {
            return false;
        }
        for (Giving giving : givings) {
            Row row = rows.get(giving.allotment());
            if (row != null) {
                long more = Math.max(0, giving.returned().longValueExact() - row.returned);
                row.returned += more;
                counts.get(row.pot).leased -= more;
                row.answered = Math.max(row.answered, giving.answers());
            }
        }
        return true;
    }

    /** As a statement would do it that names the part: for {@link Flaw#RETURN_NAMES_THE_PART}. */
    void giveBackPart(long allotment, long part) {
        moved = true;
        Row row = rows.get(allotment);
        if (row != null) {
            row.returned += part;
            counts.get(row.pot).leased -= part;
        }
    }

    /** Null: another life has begun. */
    @Nullable List<Holding> held(String replica, long epoch) {
        return lives.get(replica).epoch != epoch ? null : rows.values().stream().filter(row -> row.replica.equals(replica) && row.epoch == epoch).map(this::holding).toList();
    }

    List<Recall> recalls(String replica, long epoch) {
        return rows.values().stream().filter(row -> row.replica.equals(replica) && row.epoch == epoch && row.recalled > row.answered)
                .map(row -> new Recall(TENANT, row.pot.limit(), row.number, row.recalled)).toList();
    }

    void settle(Collection<End> ends) {
        moved = true;
        for (End end : ends) {
            if (usage.putIfAbsent(end.call().number, end) == null || flaw == Flaw.SETTLED_TWICE) {
                limits.values().stream().filter(limit -> limit.counts(end.call()) && counts.containsKey(limit.pot(end.call())))
                        .filter(limit -> flaw != Flaw.ONLY_TAKEN_IS_SETTLED || end.shares().stream().anyMatch(share -> share.pot().limit().equals(limit.id())))
                        .forEach(limit -> counts.get(limit.pot(end.call())).settled += limit.counted(end.tokens()));
                end.shares().forEach(share -> spend(end, share));
            }
        }
    }

    private void spend(End end, Share share) {
        Row row = flaw == Flaw.SHARE_WITHOUT_NUMBER
                ? rows.values().stream().filter(each -> each.pot.equals(share.pot())).findFirst().orElse(null) : rows.get(share.allotment());
        SimLimit limit = limits.get(share.pot().limit());
        if (row != null && limit != null) {
            long used = limit.counted(end.tokens());
            row.spent += used;
            counts.get(row.pot).leased -= used;
        }
    }

    /** Everything that former lives held whose attempts are in this journal. */
    void recover(String replica, long epoch, int journal) {
        drop(rows.values().stream().filter(row -> row.replica.equals(replica) && row.epoch < epoch && (row.journal == journal || flaw == Flaw.ANY_JOURNAL_RETURNS)).toList());
    }

    /** Slots of those that have not been there for longer than a slot lives. */
    void takeBackSlots(long slotLife) {
        drop(rows.values().stream().filter(row -> limits.get(row.pot.limit()).meter() == Meter.CONCURRENCY
                && time.now() - lastOf(row) > slotLife).toList());
    }

    /** A former life was there for the last time before the next one started. */
    private long lastOf(Row row) {
        Life life = lives.get(row.replica);
        return row.epoch == life.epoch ? life.contact : life.started;
    }

    void count(List<PotId> pots) {
        moved = true;
        for (PotId pot : pots) {
            if (limits.containsKey(pot.limit()) && !counts.containsKey(pot)) {
                Count count = new Count();
                count.base = used(pot);
                count.settled = count.base;
                counts.put(pot, count);
            }
        }
    }

    void set(SimLimit limit) {
        limits.put(limit.id(), limit);
        count(List.of(new PotId(limit.id(), limit.period(time.instant()))));
    }

    void remove(LimitId limit) {
        moved = true;
        limits.remove(limit);
        counts.keySet().removeIf(pot -> pot.limit().equals(limit));
        rows.values().removeIf(row -> row.pot.limit().equals(limit));
    }

    long left(PotId pot) {
        Count count = counts.get(pot);
        return limits.get(pot.limit()).amount() - count.settled - count.leased;
    }

    /** Counted anew. */
    private long used(PotId pot) {
        SimLimit limit = limits.get(pot.limit());
        return usage.values().stream().filter(end -> limit.counts(end.call()) && limit.pot(end.call()).equals(pot)).mapToLong(end -> limit.counted(end.tokens())).sum();
    }

    private void drop(List<Row> gone) {
        moved = true;
        for (Row row : gone) {
            counts.get(row.pot).leased -= row.held();
            rows.remove(row.number);
        }
    }

    private Row add(Row row) {
        rows.put(row.number, row);
        countOf.put(row.number, counts.get(row.pot));
        return row;
    }

    private Holding holding(Row row) {
        return new Holding(row.pot, row.number, big(row.drawn), big(row.returned), big(left(row.pot)));
    }

    /** Whether whoever asks for something back would wait for this one. */
    boolean hasMet(String replica, long epoch) {
        return lives.get(replica).epoch == epoch && isThere(lives.get(replica));
    }

    private boolean isThere(Life life) {
        return time.now() - life.contact < SILENCE;
    }

    /** I1, and that what is leased is what somebody holds. */
    void check() {
        if (!moved) {
            return;
        }
        moved = false;
        Map<PotId, Long> held = new HashMap<>();
        for (Row row : rows.values()) {
            holds(row.held() >= 0, () -> "allotment " + row.number + ": drawn " + row.drawn + ", spent " + row.spent + ", returned " + row.returned);
            held.merge(row.pot, row.held(), Long::sum);
        }
        counts.forEach((pot, count) -> {
            holds(count.leased == held.getOrDefault(pot, 0L), () -> "limit " + pot + ": " + count.leased + " leased, " + held.get(pot) + " held");
            holds(count.leased <= leasedBefore.getOrDefault(pot, 0L) || left(pot) >= 0, () -> "I1: leased of " + pot + " grows beyond the limit by " + -left(pot));
            leasedBefore.put(pot, count.leased);
        });
        leasedBefore.keySet().retainAll(counts.keySet());
    }

    /** What is settled is what the rows say. */
    void checkSums() {
        counts.forEach((pot, count) -> holds(count.settled == used(pot), () -> "limit " + pot + ": " + count.settled + " settled, " + used(pot) + " used"));
    }

    static void holds(boolean so, java.util.function.Supplier<String> otherwise) {
        if (!so) {
            throw new AssertionError(otherwise.get());
        }
    }

    private static BigInteger big(long amount) {
        return BigInteger.valueOf(amount);
    }
}
