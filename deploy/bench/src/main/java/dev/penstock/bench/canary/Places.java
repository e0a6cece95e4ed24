package dev.penstock.bench.canary;

import dev.penstock.bench.subject.BenchFailure;
import dev.penstock.bench.subject.Premises;
import dev.penstock.standalone.client.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where something may be kept or told. In each of them a control is planted before the search, in the way in which something would get there. */
public final class Places {

    private static final Set<Form> TEXTS = EnumSet.copyOf(Form.TEXTS);
    /** What somebody called that is not there: told to whoever sees the project, and kept for a week. */
    private static final Set<Kind> NAMES = EnumSet.of(Kind.NAME);
    private static final String PLANTED = "planted-on-purpose";
    private static final String CALL = "\"operation\":\"";

    private final Premises premises;
    private final Flock flock;
    private final Canary told;
    private final Path logs;
    private final Path dumps;
    private final Load load;
    private final Collector collector;

    /**
     * @param told the control that quota-service tells with each of its metrics
     * @param logs what programs print
     * @param dumps of threads, made while there was load
     * @param collector that spans were told to
     */
    public Places(Premises premises, Flock flock, Canary told, Path logs, Path dumps, Load load, Collector collector) {
        this.premises = premises;
        this.flock = flock;
        this.told = told;
        this.logs = logs;
        this.dumps = dumps;
        this.load = load;
        this.collector = collector;
    }

    /** All of them, each as what it is by now. */
    public List<Searched> search() {
        Canary inLogs = flock.mint(Kind.CONTROL);
        Canary inCalls = flock.mint(Kind.CONTROL);
        Canary inTables = flock.mint(Kind.CONTROL);
        Canary inJournal = flock.mint(Kind.CONTROL);
        Canary inRest = flock.mint(Kind.CONTROL);
        Words inError = Words.controls(flock);
        Words inAnswer = Words.controls(flock);
        Canary inThreads = flock.mint(Kind.CONTROL);
        Canary inSpans = flock.mint(Kind.CONTROL);
        collector.plant(Form.allOf(inSpans.text()));
        // A model that is not there: its name is what a refusal tells of it.
        Canary inRefusals = flock.mint(Kind.CONTROL);
        load.caller().askFor(inRefusals.text());
        premises.await("why the last call was refused", () -> premises.customer().refusals().stream().anyMatch(refusal -> refusal.contains(inRefusals.text())));
        Canary inTries = flock.mint(Kind.CONTROL);
        Threads.dumpOf(ProcessHandle.current().pid(), Form.allOf(inThreads.text()), dumps.resolve(PLANTED));
        Reply error = load.caller().atEngine(Ways.FAILING, inError);
        Reply answer = load.caller().atEngine(Ways.SOUND, inAnswer);
        Index index = flock.index();

        List<Searched> all = new ArrayList<>();
        Path data = premises.data();
        Path dataLogs = data.resolve("logs");
        try (var planted = new Planted(logs.resolve(PLANTED), Form.allOf(inLogs.text()) + "\n{" + CALL + Form.allOf(inCalls.text()) + "\"}\n")) {
            all.add(files(index, "logs and what programs print", inLogs, List.of(logs, dataLogs), file -> true));
            all.add(calls(index, inCalls, List.of(logs, dataLogs)));
        }
        all.add(metrics(index));
        try (Tables tables = new Tables(premises)) {
            tables.plant(inTables.text());
            all.add(tables.search(new Search(index), inTables));
            all.add(tables.refusals(new Search(index), inRefusals));
            // Its files still have it: also what programs have deleted, and what is in the write-ahead log.
            all.add(files(index, "PostgreSQL's files and its write-ahead log", inTables, List.of(data.resolve("postgres")), file -> true).with(NAMES));
        }
        Path journal = data.resolve("journal");
        try (var planted = new Planted(journal.resolve(PLANTED), Form.allOf(inJournal.text()))) {
            all.add(files(index, "the journal", inJournal, List.of(journal), file -> true));
        }
        try (var planted = new Planted(data.resolve("run").resolve(PLANTED), Form.allOf(inRest.text()))) {
            Set<String> searched = Set.of("logs", "postgres", "journal", "cache");
            Predicate<Path> rest = file -> !searched.contains(data.relativize(file).getName(0).toString());
            all.add(files(index, "other files of the installation", inRest, List.of(data), rest));
        }
        all.add(load.errors(index, error));
        all.add(load.answers(index, answer));
        all.add(files(index, "threads", inThreads, List.of(dumps), file -> true));
        all.add(files(index, "spans, as a collector has them", inSpans, List.of(collector.folder()), file -> true));
        all.add(refusals(index, inRefusals));
        all.add(tries(index, inTries));
        return all;
    }

    private Searched refusals(Index index, Canary control) {
        Search search = new Search(index);
        premises.customer().refusals().forEach(search::in);
        return search.of("why calls were refused, as it is told", control, EnumSet.of(Form.PLAIN)).with(NAMES);
    }

    /** What is decided of calls that are not made: all that is refused and all that is answered. */
    private Searched tries(Index index, Canary control) {
        Search search = new Search(index);
        for (Errand errand : Errands.all()) {
            premises.customer().tried(errand.path(), load.caller().filled(errand)).ifPresent(search::in);
        }
        premises.customer().tried("/v1/chat/completions", "{\"model\": \"" + control.text() + "\", \"messages\": [{\"role\": \"user\", \"content\": \"x\"}]}").ifPresent(search::in);
        return search.of("what is decided of calls that are tried", control, EnumSet.of(Form.PLAIN)).with(NAMES);
    }

    private static Searched files(Index index, String place, Canary control, List<Path> folders, Predicate<Path> wanted) {
        Search search = new Search(index);
        walk(folders, wanted).forEach(search::in);
        return search.of(place, control, TEXTS);
    }

    /** The lines of the log of calls, which are among others. */
    private static Searched calls(Index index, Canary control, List<Path> folders) {
        Search search = new Search(index);
        for (Path file : walk(folders, any -> true)) {
            try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                lines.filter(line -> line.contains(CALL)).forEach(search::in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return search.of("the log of calls", control, TEXTS);
    }

    private Searched metrics(Index index) {
        Search search = new Search(index);
        Metrics metrics = new Metrics(premises.directory());
        search.in(metrics.of("quota-service"));
        search.in(metrics.of("platform-backend"));
        return search.of("metrics", told, TEXTS);
    }

    private static List<Path> walk(List<Path> folders, Predicate<Path> wanted) {
        List<Path> all = new ArrayList<>();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                throw new BenchFailure("There is no folder " + folder + " to search.");
            }
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(Files::isRegularFile).filter(wanted).forEach(all::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }
}
