package dev.penstock.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The ledgers of all tenants that called, beside everything that the engines produced: no token is in nobody's books. */
final class Books {

    /** @param seen what its callers received */
    record Of(Lab lab, Collection<RawCall> seen) {}

    private static final Pattern CODE = Pattern.compile("\"code\" ?: ?\"([^\"]*)\"");

    private final RunningPenstock penstock;
    private final List<Of> all;

    Books(RunningPenstock penstock, List<Of> all) {
        this.penstock = penstock;
        this.all = List.copyOf(all);
    }

    void awaitQuiet(Duration atMost) {
        all.forEach(each -> ledger(each.lab()).awaitQuiet(atMost));
    }

    /** Per id: received ≤ booked ≤ produced, the same where nobody interrupted, and the invariants. */
    void requireExact() {
        Map<String, EngineLog.Entry> produced = EngineLog.read(penstock);
        for (Of each : all) {
            ledger(each.lab()).compare(each.seen(), produced);
            ledger(each.lab()).requireInvariants();
            assertThat(each.seen()).as("an answer, a refusal, or a connection that broke").allMatch(call -> Set.of(0, 200, 429, 503).contains(call.status()));
        }
        requireEveryCallBooked(produced.keySet());
    }

    void requireNothingHeld() {
        all.forEach(each -> ledger(each.lab()).requireNothingHeld());
    }

    /** Output tokens that a tenant's calls used. */
    long booked(Lab lab) {
        return ledger(lab).rows().stream().mapToLong(Ledger.Row::output).sum();
    }

    /** The same by the minute in which the gateway took the call. */
    Map<Instant, Long> bookedByMinute(Lab lab) {
        return ledger(lab).rows().stream().collect(Collectors.groupingBy(row -> CallTime.minute(row.call()), Collectors.summingLong(Ledger.Row::output)));
    }

    /**
     * The same by the engines' own count. Beyond what is booked are the few tokens of a call that was cut off which nobody read: they are nobody's to
     * pay, and no limit's.
     */
    long produced(Lab lab) {
        Map<String, EngineLog.Entry> produced = EngineLog.read(penstock);
        return ledger(lab).rows().stream().mapToLong(row -> produced.getOrDefault(row.call(), EngineLog.Entry.NOTHING).output()).sum();
    }

    /** Also of tenants that are not in question here. */
    private void requireEveryCallBooked(Set<String> produced) {
        try (Database database = Database.asAdministrator(penstock)) {
            Set<String> booked = database.rows("select call_id from quota.usage").stream().map(row -> row.get("call_id")).collect(Collectors.toSet());
            Set<String> lost = new HashSet<>(produced);
            lost.removeAll(booked);
            assertThat(lost).as("calls that an engine worked on and nobody booked").isEmpty();
        }
    }

    private Ledger ledger(Lab lab) {
        return new Ledger(penstock, lab.tenant());
    }

    /** How many calls ended how, for people who read the output of a run. */
    @Override
    public String toString() {
        List<RawCall> calls = all.stream().flatMap(each -> each.seen().stream()).toList();
        return "%d calls: %d answered to the end, %d broken off, refused: %s".formatted(
                calls.size(), calls.stream().filter(call -> call.whole() && call.status() == 200).count(), calls.stream().filter(call -> !call.whole()).count(),
                calls.stream().filter(call -> call.status() > 200).collect(Collectors.groupingBy(call -> call.status() + " " + code(call), TreeMap::new, Collectors.counting())));
    }

    private static String code(RawCall refused) {
        Matcher code = CODE.matcher(refused.error());
        return code.find() ? code.group(1) : "without a code";
    }
}
