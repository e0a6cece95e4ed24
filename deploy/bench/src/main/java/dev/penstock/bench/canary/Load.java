package dev.penstock.bench.canary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/** Errands by turns, a few a second, for a while. */
public final class Load {

    private static final Duration BETWEEN = Duration.ofMillis(125);
    private static final Errand NO_HTTP = Errand.post("no HTTP", "", "", 0);
    private static final Errand LARGE_HEAD = Errand.post("too large a head", "", "", 0);

    private final Caller caller;
    private final List<Callable<Reply>> turns = new ArrayList<>();
    private final ConcurrentLinkedQueue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final Set<String> leaking = new TreeSet<>();
    private final List<Reply> early = new ArrayList<>();

    public Load(Caller caller) {
        this.caller = caller;
        Errands.all().forEach(errand -> turns.add(() -> caller.call(errand)));
        List.of(NO_HTTP, LARGE_HEAD).forEach(errand -> turns.add(() -> caller.garbage(errand)));
    }

    /**
     * Whether every copy in memory knows by now what has just been made: each kind of call is answered as it should be. What was told until then is searched
     * too.
     */
    public boolean isReady() {
        List<Reply> first = Errands.all().stream().filter(errand -> errand.body().length() < 1 << 20).map(caller::call).toList();
        early.addAll(first);
        return first.stream().allMatch(reply -> reply.errand().expects(reply.status()));
    }

    /** Each errand once at least. Returns when all are back. */
    public void run(Duration howLong) {
        long end = System.nanoTime() + howLong.toNanos();
        List<Future<?>> under = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int turn = 0; turn < turns.size() || System.nanoTime() < end; turn++) {
                Callable<Reply> errand = turns.get(turn % turns.size());
                under.add(threads.submit(() -> replies.add(errand.call())));
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        }
        under.forEach(Load::require);
    }

    private static void require(Future<?> done) {
        try {
            done.get();
        } catch (ExecutionException e) {
            throw new UncheckedIOException(new IOException("an errand failed", e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", e);
        }
    }

    /** Kinds of calls with what they were answered, and how often. */
    public Map<String, Map<Integer, Integer>> statuses() {
        Map<String, Map<Integer, Integer>> statuses = new LinkedHashMap<>();
        replies.forEach(reply -> statuses.computeIfAbsent(reply.errand().name(), name -> new TreeMap<>()).merge(reply.status(), 1, Integer::sum));
        return statuses;
    }

    public int calls() {
        return replies.size();
    }

    /** What was answered otherwise than it should have been: then it was not the load it claims to be. */
    public List<String> surprises() {
        return replies.stream().filter(reply -> !reply.errand().expects(reply.status()))
                .map(reply -> reply.errand().name() + ": " + reply.status() + ", not one of " + reply.errand().statuses()).distinct().toList();
    }

    /** What callers were told of calls that failed, and in the headers of any. But for a call's own {@link Words#toldOfErrors}. */
    Searched errors(Index index, Reply planted) {
        Search search = new Search(index);
        for (Reply reply : all()) {
            if (search.own(reply.words().toldOfErrors(), reply.isError() ? reply.headers() + reply.body() : reply.headers())) {
                leaking.add(reply.errand().name());
            }
        }
        search.in(planted.body());
        return search.of("errors, and headers of all answers", planted.words().prompt(), Set.of(Form.PLAIN));
    }

    /** What answers say that is not their call's own. */
    Searched answers(Index index, Reply planted) {
        Search search = new Search(index);
        for (Reply reply : all()) {
            if (!reply.isError() && search.own(reply.words().said(), reply.body())) {
                leaking.add(reply.errand().name());
            }
        }
        search.in(planted.body());
        return search.of("answers, but for what is the call's own", planted.words().answer(), Set.of(Form.PLAIN));
    }

    /** Kinds of calls whose callers were told what they should not have been. */
    public Set<String> leaking() {
        return Set.copyOf(leaking);
    }

    private List<Reply> all() {
        List<Reply> all = new ArrayList<>(early);
        all.addAll(replies);
        return all;
    }

    Caller caller() {
        return caller;
    }
}
