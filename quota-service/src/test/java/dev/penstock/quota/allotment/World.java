package dev.penstock.quota.allotment;

import dev.penstock.contract.LimitId;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One schedule: replicas, a database, callers, and everything that can go wrong, all of one seed. It counts what really happened itself, call by
 * call, and compares.
 */
final class World {

    private static final long CALLS_UNTIL = 40_000;
    private static final long QUIET_FROM = 60_000;
    private static final long EACH_JOURNAL = 4_000;
    private static final long MOST_TOKENS = 20;
    /** A limit that was lowered may be used as before by who is cut off, for an allotment's life, and a little longer by who has not heard yet. */
    private static final long KNOWN_LATE = SimReplica.LIFE.toNanos() + 3_000 * VirtualTime.MILLI;

    private static final long LONGEST_WAIT = 5_000 * VirtualTime.MILLI;

    private record Amount(long at, long amount) {}

    private record Taker(SimCall call, Share share) {}

    final Flaw flaw;
    final VirtualTime time;
    final ModelDatabase database;
    final Map<LimitId, Meter> meters = new HashMap<>();
    private final List<SimReplica> replicas = new ArrayList<>();
    private final List<SimJournal> journals = new ArrayList<>();
    private final Map<LimitId, List<Amount>> amounts = new HashMap<>();
    private final Map<PotId, Lows> available = new LinkedHashMap<>();
    private final Map<ModelDatabase.Count, List<Taker>> takers = new IdentityHashMap<>();
    private final List<SimCall> calls = new ArrayList<>();
    private long downUntil;
    private boolean calm;
    private int lostPercent;
    private long troubleEvery;
    private long callEvery;
    /** How long the journal takes at most until a record is durable; milliseconds. */
    long sync;
    /** How many streams of a hundred may be long: where amounts leave room for them, it is the slots that are short. */
    int longStreams;
    private long room;
    int events;
    int admitted;
    int refused;

    World(long seed, Flaw flaw) {
        this.flaw = flaw;
        this.time = new VirtualTime(seed);
        this.database = new ModelDatabase(time, flaw);
    }

    void live() {
        lostPercent = (int) time.between(0, 10);
        troubleEvery = time.between(400, 8_000);
        callEvery = time.between(20, 300);
        sync = time.between(1, 250);
        boolean roomy = time.chance(30);
        longStreams = roomy ? 50 : 10;
        room = roomy ? 20 : 1;
        firstLimits();
        for (int number = 0, count = (int) time.between(1, 4); number < count; number++) {
            begin("replica-" + number, journal());
        }
        time.within(500, 1_500, this::callers);
        time.within(1_000, 3_000, this::trouble);
        events += time.runUntil(QUIET_FROM - 2_000, this::check);
        replicas.stream().filter(replica -> !replica.dead && replica.epoch > 0).forEach(replica -> replica.giveBack(replica.pots.giveUpAll()));
        events += time.runUntil(QUIET_FROM, this::check);
        settleEveryJournal();
        checkQuiet();
    }

    // --- what happens

    private void firstLimits() {
        limit(new SimLimit(new LimitId(new UUID(1, 0)), 0, 0, Meter.TOKENS, Window.LIFE, room * time.between(200, 3_000)));
        limit(new SimLimit(new LimitId(new UUID(-1, 1)), 1, 0, Meter.TOKENS, Window.MINUTE, room * time.between(100, 1_500)));
        limit(new SimLimit(new LimitId(new UUID(1, 2)), 2, 0, Meter.REQUESTS, Window.MINUTE, room * time.between(10, 150)));
        if (time.chance(70)) {
            limit(new SimLimit(new LimitId(new UUID(1, 3)), 0, 0, Meter.CONCURRENCY, Window.NOW, time.between(1, 5)));
        }
    }

    private void limit(SimLimit limit) {
        meters.put(limit.id(), limit.meter());
        amounts.computeIfAbsent(limit.id(), id -> new ArrayList<>()).add(new Amount(time.now(), limit.amount()));
        database.set(limit);
    }

    private void callers() {
        if (time.now() > CALLS_UNTIL * VirtualTime.MILLI) {
            return;
        }
        for (int call = 0, burst = time.chance(10) ? 25 : 1; call < burst; call++) {
            List<SimReplica> there = replicas.stream().filter(replica -> !replica.dead).toList();
            if (!there.isEmpty()) {
                call(there.get(time.random.nextInt(there.size())));
            }
        }
        time.within(1, callEvery, this::callers);
    }

    private void call(SimReplica replica) {
        SimCall call = new SimCall(calls.size(), time.random.nextInt(2), time.random.nextInt(2), time.instant(), time.between(1, MOST_TOKENS), time.now());
        call.used = time.between(0, call.bound);
        calls.add(call);
        on(replica, 0, () -> replica.call(call));
        if (time.chance(20)) {
            on(replica, time.between(1, 400), () -> {
                call.hungUp = true;
                replica.end(call);
            });
        }
    }

    private void trouble() {
        if (time.now() > CALLS_UNTIL * VirtualTime.MILLI) {
            return;
        }
        List<SimReplica> alive = replicas.stream().filter(each -> !each.dead).toList();
        SimReplica replica = alive.isEmpty() ? replicas.getLast() : alive.get(time.random.nextInt(alive.size()));
        switch (time.random.nextInt(12)) {
            case 0, 1, 2 -> restart(replica, false);
            case 3 -> restart(replica, true);
            case 4 -> downUntil = time.now() + time.between(50, 15_000) * VirtualTime.MILLI;
            case 5 -> replica.cutOffUntil = time.now() + time.between(50, 10_000) * VirtualTime.MILLI;
            case 6 -> replica.cutOffUntil = time.now() + time.between(12_000, 25_000) * VirtualTime.MILLI;
            case 7 -> replica.frozenUntil = time.now() + time.between(50, 1_500) * VirtualTime.MILLI;
            case 8 -> begin(replica.name, journal());
            case 9 -> removeAndSetAgain();
            default -> change();
        }
        time.within(100, troubleEvery, this::trouble);
    }

    private void restart(SimReplica replica, boolean withDisk) {
        if (replica.dead) {
            return;
        }
        kill(replica);
        replica.journal.lost |= withDisk;
        time.within(100, 4_000, () -> begin(replica.name, withDisk ? journal() : replica.journal));
    }

    private void kill(SimReplica replica) {
        replica.dead = true;
        replica.calls.forEach(this::stop);
    }

    /** A journal's folder is locked: who opens it is alone with it. */
    private void begin(String name, SimJournal journal) {
        if (replicas.stream().noneMatch(other -> other.journal == journal && !other.dead)) {
            SimReplica replica = new SimReplica(this, name, journal);
            replicas.add(replica);
            replica.start();
        }
    }

    private SimJournal journal() {
        SimJournal journal = new SimJournal(journals.size());
        journals.add(journal);
        return journal;
    }

    private void change() {
        List<SimLimit> limits = List.copyOf(database.limits.values());
        if (!limits.isEmpty()) {
            SimLimit limit = limits.get(time.random.nextInt(limits.size()));
            limit(limit.of(time.chance(30) ? time.between(0, limit.amount() / 4) : time.between(0, 2 * limit.amount() + 2)));
        }
    }

    private void removeAndSetAgain() {
        List<SimLimit> limits = List.copyOf(database.limits.values());
        if (!limits.isEmpty()) {
            SimLimit limit = limits.get(time.random.nextInt(limits.size()));
            database.remove(limit.id());
            time.within(0, 3_000, () -> limit(limit));
        }
    }

    private void settleEveryJournal() {
        calm = true;
        downUntil = 0;
        replicas.stream().filter(replica -> !replica.dead).forEach(this::kill);
        long until = QUIET_FROM;
        for (SimJournal journal : List.copyOf(journals)) {
            String name = replicas.stream().filter(replica -> replica.journal == journal).findFirst().orElseThrow().name;
            if (!journal.lost) {
                begin(name, journal);
                until += EACH_JOURNAL;
                events += time.runUntil(until, this::check);
                kill(replicas.getLast());
            }
        }
    }

    // --- the network

    boolean reaches(SimReplica replica) {
        return calm || (downUntil <= time.now() && replica.cutOffUntil <= time.now());
    }

    void on(SimReplica replica, long millis, Runnable what) {
        time.after(millis, () -> {
            if (replica.dead) {
                return;
            }
            if (replica.frozenUntil > time.now()) {
                on(replica, 1 + (replica.frozenUntil - time.now()) / VirtualTime.MILLI, what);
            } else {
                what.run();
            }
        });
    }

    /** To the database and back. The process may die meanwhile; what arrives is done all the same. */
    <T> void send(SimReplica from, Supplier<T> what, Consumer<T> then, Runnable lost, Runnable away) {
        time.within(1, 10, () -> {
            if (!reaches(from)) {
                fails(from, away);
            } else if (!calm && time.chance(lostPercent) && time.chance(50)) {
                fails(from, lost);
            } else {
                T answer = what.get();
                database.check();
                if (!calm && time.chance(lostPercent)) {
                    fails(from, lost);
                } else {
                    on(from, time.between(1, 10), () -> then.accept(answer));
                }
            }
        });
    }

    /** Who had trouble a moment ago may answer a recall too late. */
    private void fails(SimReplica from, Runnable how) {
        from.troubledUntil = time.now() + 1_000 * VirtualTime.MILLI;
        on(from, time.between(1, 100), how);
    }

    /** For {@link Flaw#LOST_IS_GRANTED}. */
    Drawing pretend(Pots pots, Draw draw) {
        List<Holding> holdings = new ArrayList<>();
        for (Draw.Line line : draw.lines()) {
            pots.holding(line.pot()).ifPresent(known -> holdings.add(
                    new Holding(known.pot(), known.allotment(), known.drawn().add(line.needed()), known.returned(), null)));
        }
        return new Drawing.Granted(holdings);
    }

    // --- what is really so

    void acquires(List<Claim> claims) {
        claims.forEach(claim -> available.computeIfAbsent(claim.pot(), pot -> new Lows()).add(time.now(), available(claim.pot()), LONGEST_WAIT));
    }

    private void check() {
        if (time.now() > (CALLS_UNTIL + 1_000) * VirtualTime.MILLI) {
            return;
        }
        available.keySet().removeIf(pot -> time.instant().minusSeconds(10).isAfter(pot.period().end()));
        available.forEach((pot, lows) -> lows.add(time.now(), available(pot), LONGEST_WAIT));
    }

    /** What is left of the limit, and what lies idle with those who are there. */
    private long available(PotId pot) {
        if (!database.limits.containsKey(pot.limit()) || !database.counts.containsKey(pot)) {
            return 0;
        }
        long there = database.left(pot);
        for (SimReplica replica : replicas) {
            if (replica.isThere()) {
                there += replica.pots.free(pot).longValueExact() + replica.partial.getOrDefault(pot, 0L);
            }
        }
        return there;
    }

    /** Right to within one reservation: at some moment since it asked there was not enough. What is remembered was right a moment before. */
    void refused(SimCall call, List<Claim> claims, Acquiring.Refused step) {
        refused++;
        for (Drawing.Refusal refusal : step.remembered() ? List.<Drawing.Refusal>of() : step.refusals()) {
            long asked = claims.stream().filter(claim -> claim.pot().equals(refusal.pot())).findFirst().orElseThrow().asked().longValueExact();
            long least = available.getOrDefault(refusal.pot(), new Lows()).since(call.began);
            ModelDatabase.holds(least < asked + MOST_TOKENS, () -> "call " + call.number + " was refused " + asked + " of " + refusal + " though at least "
                    + least + " were there all the time: " + whereIs(refusal.pot()));
        }
    }

    /** Should the replica die in this moment, its journal settles what it can find: never more than was drawn for it. */
    void intended(SimReplica by, List<Share> shares) {
        for (Share share : shares) {
            ModelDatabase.Row row = database.rows.get(share.allotment());
            long most = by.journal.most(share, meters.get(share.pot().limit()));
            ModelDatabase.holds(row == null || most <= row.drawn - row.returned, () -> "the journal of " + by.name + " may settle " + most + " of allotment "
                    + row.number + ": drawn " + row.drawn + ", returned " + row.returned);
        }
    }

    private String whereIs(PotId pot) {
        return "left " + database.left(pot) + replicas.stream().filter(SimReplica::isThere).map(replica -> ", " + replica.name + " " + replica.pots.free(pot)).reduce("", String::concat);
    }

    void forwarded(SimCall call) {
        admitted++;
        ModelDatabase.holds(call.by != null && call.by.journal.intends(call), () -> "call " + call.number + " is forwarded without an intent");
        for (Share share : call.shares) {
            ModelDatabase.Count count = database.countOf.get(share.allotment());
            List<Taker> all = takers.computeIfAbsent(count, one -> new ArrayList<>());
            all.add(new Taker(call, share));
            long sum = count.base;
            for (Taker taker : all) {
                sum += really(taker.call(), taker.share());
            }
            long really = sum;
            ModelDatabase.holds(really <= allowed(share.pot().limit()), () -> "limit " + share.pot() + " allows " + allowed(share.pot().limit()) + ", and " + really + " are used or under way");
        }
    }

    private long really(SimCall call, Share share) {
        return switch (meters.get(share.pot().limit())) {
            case TOKENS -> call.atMost();
            case REQUESTS -> 1;
            default -> call.state == SimCall.State.RUNNING ? 1 : 0;
        };
    }

    private long allowed(LimitId limit) {
        long allowed = 0;
        List<Amount> all = amounts.get(limit);
        for (int each = 0; each < all.size(); each++) {
            boolean over = each + 1 < all.size() && time.now() - all.get(each + 1).at() > KNOWN_LATE;
            allowed = over ? allowed : Math.max(allowed, all.get(each).amount());
        }
        return allowed;
    }

    void stop(SimCall call) {
        if (call.state == SimCall.State.RUNNING) {
            call.state = SimCall.State.ENDED;
        }
    }

    /** I5, I6, and that nothing is lost but with a disk. */
    private void checkQuiet() {
        database.checkSums();
        Map<Integer, Long> expected = new HashMap<>();
        journals.stream().filter(journal -> !journal.lost).forEach(journal -> journal.all().forEach(end -> expected.put(end.call().number, end.tokens())));
        expected.forEach((number, tokens) -> ModelDatabase.holds(database.usage.containsKey(number) && database.usage.get(number).tokens() == tokens
                && tokens >= calls.get(number).used, () -> "call " + number + " used " + calls.get(number).used + ", its journal says " + tokens + ", its row " + database.usage.get(number)));
        database.usage.values().forEach(end -> ModelDatabase.holds(end.call().state == SimCall.State.ENDED || end.call().state == SimCall.State.TAKEN, () -> "call " + end.call().number + " has a row"));
        for (ModelDatabase.Row row : database.rows.values()) {
            ModelDatabase.holds(row.held() == 0 || journals.get(row.journal).lost, () -> "I6: after all is quiet allotment " + row.number + " of " + row.replica + " holds " + row.held());
        }
    }
}
