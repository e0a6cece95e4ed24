package dev.penstock.bench;

import dev.penstock.bench.canary.Caller;
import dev.penstock.bench.canary.Canary;
import dev.penstock.bench.canary.Collector;
import dev.penstock.bench.canary.Engine;
import dev.penstock.bench.canary.Flock;
import dev.penstock.bench.canary.Form;
import dev.penstock.bench.canary.Keys;
import dev.penstock.bench.canary.Kind;
import dev.penstock.bench.canary.Load;
import dev.penstock.bench.canary.Places;
import dev.penstock.bench.canary.Searched;
import dev.penstock.bench.canary.Threads;
import dev.penstock.bench.canary.Ways;
import dev.penstock.bench.subject.BenchFailure;
import dev.penstock.bench.subject.Customer;
import dev.penstock.bench.subject.Premises;
import dev.penstock.contract.ModelTask;
import dev.penstock.contract.quota.KeyMade;
import dev.penstock.standalone.client.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Calls of every kind at a low rate, each with canaries, and then a search for them wherever something is kept or told. Fails if one is found, and if the
 * search could not have found it.
 */
final class CanaryBench {

    private static final int MINUTES = 15;
    private static final int EXAMPLES = 3;

    /** All refusals of the run are kept row by row. */
    private static final int KEPT = 100_000;
    private static final Pattern NOTHING_OPEN = Pattern.compile("^penstock_journal_open(\\{.*})? 0\\.0$", Pattern.MULTILINE);
    private static final Pattern NOTHING_LIVE = Pattern.compile("^penstock_gateway_live(\\{.*})? 0\\.0$", Pattern.MULTILINE);
    private static final List<Kind> KINDS = List.of(Kind.KEY, Kind.WRONG_KEY, Kind.ENGINE_KEY, Kind.PROMPT, Kind.ANSWER, Kind.TOOL, Kind.HEADER, Kind.NAME);

    private final Stage stage;
    private final Flock flock = new Flock(new SecureRandom());

    CanaryBench(Stage stage) {
        this.stage = stage;
    }

    void play() throws IOException {
        Duration howLong = Duration.ofMinutes(stage.options().minutes(MINUTES));
        Canary told = flock.mint(Kind.CONTROL);
        // What a program says of itself with each metric is the one thing that can be planted in them from outside.
        try (Collector collector = Collector.start(stage.run().folder().resolve("spans")); Engine engine = Engine.start()) {
            Premises premises = stage.penstock(List.of(
                            "penstock.gateway.call-log=true", "penstock.spans.endpoint=" + collector.url(), "penstock.upstreams.allowed-networks=127.0.0.0/8",
                            "penstock.refusals.most-per-hour=" + KEPT, "management.metrics.tags.planted=" + Form.allOf(told.text())))
                    .premises(stage.ids());
            Load load = new Load(new Caller(premises.gateway(), keys(premises.customer(), engine), engine));
            Path dumps = stage.run().folder().resolve("dumps");
            load(premises, load, howLong, dumps);
            List<Searched> places = new Places(premises, flock, told, stage.run().logs(), dumps, load, collector).search();
            tell(load, engine, places);
        }
    }

    private Keys keys(Customer customer, Engine engine) {
        for (Ways way : Ways.values()) {
            if (way.outside() == null) {
                customer.publish(way.model(), task(way), engine.url(), flock.mint(Kind.ENGINE_KEY).text(), way.model());
            } else {
                customer.upstream(way.model(), way.outside(), engine.url(), flock.mint(Kind.ENGINE_KEY).text());
            }
        }
        customer.policy(Ways.SLOW.model(), Ways.SOUND.model());
        KeyMade good = customer.key("good");
        KeyMade poor = customer.key("poor");
        customer.limitCalls(poor, 0);
        KeyMade revoked = customer.key("revoked");
        customer.revoke(revoked);
        return new Keys(flock, secret(good), secret(poor), secret(revoked), customer::token, customer.project().toString());
    }

    private static ModelTask task(Ways way) {
        return switch (way) {
            case VECTORS -> ModelTask.EMBEDDINGS;
            case RANKS -> ModelTask.RERANK;
            case SOUND, SLOW, FAILING, REFUSING, CUTTING, LYING, AWAY, AWAYFAILING, THEIRS, THEIRSFAILING -> ModelTask.CHAT;
        };
    }

    private static String secret(KeyMade key) {
        return Objects.requireNonNull(key.secret(), "a new key");
    }

    private void load(Premises premises, Load load, Duration howLong, Path dumps) {
        stage.say("canaries: load for %d minutes", howLong.toMinutes());
        premises.await("what calls need to be known everywhere", load::isReady);
        load.run(howLong.dividedBy(2));
        premises.virtualMachines().values().forEach(pid -> Threads.dump(pid, dumps));
        load.run(howLong.dividedBy(2));
        premises.virtualMachines().values().forEach(pid -> Threads.dump(pid, dumps));
        stage.run().requireAlive();
        Metrics metrics = new Metrics(premises.directory());
        premises.await("the books of all calls", () -> {
            String now = metrics.of("quota-service");
            return NOTHING_LIVE.matcher(now).find() && NOTHING_OPEN.matcher(now).find();
        });
    }

    private void tell(Load load, Engine engine, List<Searched> places) throws IOException {
        load.statuses().forEach((errand, statuses) -> stage.say("  %-40s %s", errand, statuses));
        Map<Kind, Long> counts = flock.counts();
        stage.say("%ncanaries: %,d calls, %,d prompts heard by the engine, %d engine keys used; sought for in %d forms each",
                load.calls(), engine.heard(), engine.keys().size(), Form.values().length);
        stage.say("%n%-46s %9s %16s %s  %s", "found", "things", "bytes", heads(), "planted and found");
        stage.say("%-46s %9s %16s %s", "  sent", "", "", row(counts));
        for (Searched place : places) {
            Map<Kind, Long> found = new LinkedHashMap<>();
            KINDS.forEach(kind -> found.put(kind, place.found(kind)));
            stage.say("%-46s %,9d %,16d %s  %d of %d",
                    place.place(), place.things(), place.bytes(), row(found), place.controls().size(), place.planted().size());
        }
        List<String> wrong = wrong(load, engine, places);
        report(load, counts, places, wrong);
        if (!wrong.isEmpty()) {
            throw new BenchFailure(String.join("\n", wrong));
        }
        stage.say("canaries: none found");
    }

    private static String heads() {
        StringBuilder heads = new StringBuilder();
        KINDS.forEach(kind -> heads.append(String.format(Locale.ROOT, " %14s", kind.words())));
        return heads.toString();
    }

    private static String row(Map<Kind, Long> numbers) {
        StringBuilder row = new StringBuilder();
        KINDS.forEach(kind -> row.append(String.format(Locale.ROOT, " %,14d", numbers.getOrDefault(kind, 0L))));
        return row.toString();
    }

    /** What was found, and what makes it mean nothing that nothing was. */
    private List<String> wrong(Load load, Engine engine, List<Searched> places) {
        List<String> wrong = new ArrayList<>(load.surprises());
        KINDS.stream().filter(kind -> flock.counts().getOrDefault(kind, 0L) == 0).forEach(kind -> wrong.add("no " + kind.words() + " were sent"));
        if (engine.heard() == 0 || engine.keys().size() != flock.counts().getOrDefault(Kind.ENGINE_KEY, 0L)) {
            wrong.add("the engine has heard " + engine.heard() + " prompts and " + engine.keys().size() + " keys");
        }
        for (Searched place : places) {
            if (!place.counts()) {
                wrong.add("the search of " + place.place() + " does not find what was planted there");
            }
            KINDS.stream().filter(kind -> place.found(kind) > 0 && !place.mayHave(kind)).forEach(kind -> wrong.add("found in " + place.place() + ": " + place.found(kind) + " of the "
                    + kind.words() + ", such as " + place.leaks().stream().filter(leak -> leak.canary().kind() == kind).limit(EXAMPLES).toList()));
        }
        load.leaking().forEach(errand -> wrong.add("told to callers: " + errand));
        return wrong;
    }

    private void report(Load load, Map<Kind, Long> counts, List<Searched> places, List<String> wrong) throws IOException {
        Map<String, Object> report = stage.report();
        report.put("calls", load.calls());
        report.put("statuses", load.statuses());
        report.put("sent", counts);
        List<Map<String, Object>> all = new ArrayList<>();
        for (Searched place : places) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("place", place.place());
            one.put("things", place.things());
            one.put("bytes", place.bytes());
            KINDS.forEach(kind -> one.put(kind.name(), place.found(kind)));
            one.put("controlsPlanted", place.planted().size());
            one.put("controlsFound", place.controls().size());
            all.add(one);
        }
        report.put("places", all);
        report.put("wrong", wrong);
        stage.write("canaries", report);
    }
}
