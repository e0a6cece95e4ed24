package dev.penstock.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.verifier.Finding.Kind;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody may do to a trail of twelve entries, sealed at 4, 8 and 12, and what is found of it. */
class AlterationTest {

    static Stream<Arguments> alterations() {
        return Stream.of(
                alteration("an entry is edited", h -> h.edit(5, "approve", "reject"), Kind.ENTRIES_ALTERED),
                alteration("the first entry is edited", h -> h.edit(0, "approve", "reject"), Kind.ENTRIES_ALTERED),
                alteration("the last entry is edited", h -> h.edit(11, "approve", "reject"), Kind.ENTRIES_ALTERED),
                alteration("a space is added to an entry", h -> h.edit(5, ":", ": "), Kind.ENTRY_NOT_CANONICAL, Kind.ENTRIES_ALTERED),
                alteration("an entry is emptied", h -> h.lines.set(5, new byte[0]), Kind.ENTRY_NOT_CANONICAL, Kind.ENTRIES_ALTERED),
                alteration("a field is taken out", h -> h.edit(5, "\"action\":\"[a-z.-]+\",", ""), Kind.ENTRY_NOT_CANONICAL, Kind.ENTRIES_ALTERED),
                alteration("a field is added", h -> h.edit(5, "\\{", "{\"aaa\":1,"), Kind.ENTRY_NOT_CANONICAL, Kind.ENTRIES_ALTERED),
                alteration("an entry is deleted", h -> h.lines.remove(5), Kind.ENTRY_MISPLACED, Kind.ENTRIES_ALTERED, Kind.ENTRIES_MISSING),
                alteration("the first entry is deleted", h -> h.lines.removeFirst(), Kind.ENTRY_MISPLACED, Kind.ENTRIES_ALTERED, Kind.ENTRIES_MISSING),
                alteration("an entry is deleted and the rest renumbered", deletedAndRenumbered(), Kind.ENTRIES_ALTERED, Kind.ENTRIES_MISSING),
                alteration("two entries are swapped", h -> Collections.swap(h.lines, 5, 6), Kind.ENTRY_MISPLACED, Kind.ENTRIES_ALTERED),
                alteration("two entries are swapped and renumbered", swappedAndRenumbered(), Kind.ENTRIES_ALTERED),
                alteration("an entry is inserted", h -> h.lines.add(5, h.entry(5).bytes()), Kind.ENTRY_MISPLACED, Kind.ENTRIES_ALTERED),
                alteration("an entry is inserted and the rest renumbered", insertedAndRenumbered(), Kind.ENTRIES_ALTERED),
                alteration("an entry is duplicated", h -> h.lines.add(6, h.lines.get(5)), Kind.ENTRY_MISPLACED, Kind.ENTRIES_ALTERED),
                alteration("an entry is duplicated and the rest renumbered", duplicatedAndRenumbered(), Kind.ENTRIES_ALTERED),
                alteration("the last entry is cut off", h -> h.lines.removeLast(), Kind.ENTRIES_MISSING),
                alteration("all entries are cut off", h -> h.lines.clear(), Kind.ENTRIES_MISSING),
                alteration("all checkpoints are taken away", h -> h.notes.clear(), Kind.CHECKPOINTS_MISSING),
                alteration("two checkpoints are swapped", h -> Collections.swap(h.notes, 0, 1), Kind.CHECKPOINT_OUT_OF_ORDER),
                alteration("a checkpoint is dated back", datedBack(), Kind.CHECKPOINT_OUT_OF_ORDER),
                alteration("a checkpoint's size is edited", h -> h.notes.set(1, h.notes.get(1).replace("\n8\n", "\n9\n")), Kind.CHECKPOINT_FORGED),
                alteration("a checkpoint's time is edited", h -> h.notes.set(1, h.notes.get(1).replace("time 2026", "time 2025")), Kind.CHECKPOINT_FORGED),
                alteration("a checkpoint loses its signature", h -> h.notes.set(1, h.notes.get(1).replaceFirst("— .*\n", "")), Kind.CHECKPOINT_MALFORMED),
                alteration("a checkpoint is replaced by words", h -> h.notes.set(1, "trust me\n"), Kind.CHECKPOINT_MALFORMED),
                alteration("an entry is edited and all checkpoints computed anew without the key", rewrittenWithOldSignatures(), Kind.CHECKPOINT_FORGED),
                alteration("an entry is edited and all checkpoints signed with another key", rewrittenWith(History.NAME), Kind.CHECKPOINT_UNSIGNED),
                alteration("an entry is edited and all checkpoints signed under another name", signedUnderAnotherName(), Kind.CHECKPOINT_UNSIGNED),
                alteration("one checkpoint of another history is signed with the key", twoHistories(), Kind.ENTRIES_ALTERED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("alterations")
    void everyAlterationIsFound(String what, Consumer<History> alteration, Set<Kind> kinds) {
        History history = History.of(12, 4, 8, 12);
        assertThat(history.verify()).isInstanceOf(Verdict.Intact.class);

        alteration.accept(history);

        assertThat(kinds(history.verify())).isEqualTo(kinds);
    }

    /** Also when the holder of the key does it: rewritten without a trace, but for what an auditor kept. */
    @Test
    void aHistoryRewrittenWithTheKeyIsFoundByWhoKeptACheckpoint() {
        History history = History.of(12, 4, 8, 12);
        List<SignedCheckpoint> kept = history.checkpoints();
        history.edit(5, "approve", "reject");
        history.sealAnew();

        assertThat(history.verify()).isInstanceOf(Verdict.Intact.class);
        assertThat(history.verify(List.of(kept.get(0)))).as("kept before the edited entry").isInstanceOf(Verdict.Intact.class);
        assertThat(kinds(history.verify(List.of(kept.get(1))))).containsExactly(Kind.KEPT_CONTRADICTED);
        assertThat(kinds(history.verify(List.of(kept.get(2))))).containsExactly(Kind.KEPT_CONTRADICTED);
        assertThat(sentences(history.verify(kept.reversed()))).hasSize(2).allMatch(sentence -> sentence.contains("the history was rewritten since"));
    }

    @Test
    void aHistoryRewrittenWithAnotherKeyIsFoundByWhoKeptACheckpointEvenIfTheyTrustThatKey() {
        History history = History.of(12, 4, 8, 12);
        List<SignedCheckpoint> kept = List.of(history.checkpoints().getFirst());
        history.edit(1, "approve", "reject");
        history.key = SigningKey.generate(History.NAME, new SecureRandom());
        history.sealAnew();

        Verdict verdict = new AuditVerifier(List.of(history.key.verifier())).verify(history.lines.iterator(), history.notes.iterator(), kept);

        assertThat(kinds(verdict)).containsExactly(Kind.KEPT_UNSIGNED, Kind.KEPT_CONTRADICTED);
    }

    @Test
    void aHistoryCutAtAnEarlierCheckpointIsFoundByWhoKeptALaterOne() {
        History history = History.of(12, 4, 8, 12);
        SignedCheckpoint last = history.checkpoints().getLast();
        history.notes.removeLast();
        history.lines.subList(8, 12).clear();

        assertThat(history.verify()).isInstanceOf(Verdict.Intact.class);
        assertThat(sentences(history.verify(List.of(last)))).singleElement().asString().startsWith("There are 8 entries, fewer than the checkpoint you kept (12 entries");
    }

    @Test
    void entriesAfterTheLastCheckpointAreCountedAndNotCalledProven() {
        History history = History.of(12, 4, 8);
        history.edit(9, "approve", "reject");

        assertThat(history.verify()).isInstanceOfSatisfying(Verdict.Intact.class, intact -> assertThat(intact.notYetSealed()).isEqualTo(4));
    }

    @Test
    void aFindingSaysBetweenWhichCheckpointsTheAlterationIs() {
        History history = History.of(12, 4, 8, 12);
        history.edit(5, "approve", "reject");

        assertThat(history.verify()).isInstanceOfSatisfying(Verdict.Broken.class, broken -> assertThat(broken.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.at()).isEqualTo(2);
            assertThat(finding.sentence())
                    .startsWith("At least one of entries 4 to 7 was altered, added, removed or moved after checkpoint 2 (8 entries, ")
                    .endsWith("had sealed them. After it, 1 more checkpoint does not fit either, as must be.");
        }));
    }

    @Test
    void misplacedEntriesAreToldByTheirPlaces() {
        History history = History.of(12);
        history.seal();
        history.lines.subList(5, 8).clear();
        history.lines.remove(0);

        assertThat(sentences(history.verify()))
                .startsWith("Entry 0 is missing: entry 1 stands in that place.", "Entries 5 to 7 are missing: entry 8 stands in that place.")
                .last().asString().startsWith("Entries 8 to 11 are missing at the end: checkpoint 1 (12 entries, ");
    }

    @Test
    void theSearchStopsAfterAHundredFindings() {
        History history = History.of(500, 500);
        history.lines.replaceAll(line -> "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(history.verify()).isInstanceOfSatisfying(Verdict.Broken.class, broken -> {
            assertThat(broken.complete()).isFalse();
            assertThat(broken.findings()).hasSize(100);
        });
    }

    @Test
    void strangeTimesAreRemarkedAndNoAlteration() {
        History history = new History(1);
        EntryLine entry = history.entry(0);
        Instant sealed = Instant.parse("2026-01-31T12:00:00Z");
        history.lines.add(at(entry, 0, sealed.plus(Duration.ofMinutes(3))));
        history.lines.add(at(entry, 1, sealed.minus(Duration.ofHours(2))));
        history.notes.add(history.key.sign(history.checkpoint(2, sealed)).note());

        assertThat(history.verify()).isInstanceOfSatisfying(Verdict.Intact.class, intact -> assertThat(intact.remarks()).containsExactly(
                "Entry 1 (2026-01-31T10:00:00Z) is much older than entry 0 (2026-01-31T12:03:00Z) before it: a very long transaction, or a clock was put back.",
                "Entry 0 (2026-01-31T12:03:00Z) is younger than the checkpoint that seals it (2026-01-31T12:00:00Z): the clocks of the database and of the sealer differ."));
    }

    private static byte[] at(EntryLine e, long index, Instant at) {
        return new EntryLine(index, e.id(), at, e.actor(), e.actorKind(), e.tenant(), e.project(), e.action(), e.subjectKind(), e.subjectId(),
                e.subjectName(), e.outcome(), e.reason(), e.reference(), e.before(), e.after()).bytes();
    }

    private static Consumer<History> deletedAndRenumbered() {
        return history -> {
            history.lines.remove(5);
            history.renumber();
        };
    }

    private static Consumer<History> swappedAndRenumbered() {
        return history -> {
            Collections.swap(history.lines, 5, 6);
            history.renumber();
        };
    }

    private static Consumer<History> insertedAndRenumbered() {
        return history -> {
            history.lines.add(5, history.entry(5).bytes());
            history.renumber();
        };
    }

    private static Consumer<History> duplicatedAndRenumbered() {
        return history -> {
            history.lines.add(6, history.lines.get(5));
            history.renumber();
        };
    }

    private static Consumer<History> datedBack() {
        return history -> history.notes.set(1, history.key.sign(history.checkpoint(8, Instant.parse("2020-01-01T00:00:00Z"))).note());
    }

    /** All hashes right, under the signatures of what was there before. */
    private static Consumer<History> rewrittenWithOldSignatures() {
        return history -> {
            history.edit(1, "approve", "reject");
            List<String> before = new ArrayList<>(history.notes);
            history.sealAnew();
            for (int i = 0; i < before.size(); i++) {
                String newText = history.notes.get(i).substring(0, history.notes.get(i).indexOf("\n\n"));
                history.notes.set(i, newText + before.get(i).substring(before.get(i).indexOf("\n\n")));
            }
        };
    }

    private static Consumer<History> rewrittenWith(String name) {
        return history -> {
            history.edit(1, "approve", "reject");
            history.key = SigningKey.generate(name, new SecureRandom());
            history.sealAnew();
        };
    }

    private static Consumer<History> signedUnderAnotherName() {
        return history -> {
            history.edit(1, "approve", "reject");
            SigningKey other = SigningKey.generate("other.example/log", new SecureRandom());
            history.sealAnew();
            history.notes.replaceAll(note -> {
                Checkpoint mine = SignedCheckpoint.parse(note).checkpoint();
                return other.sign(new Checkpoint("other.example/log", mine.size(), mine.root(), mine.time())).note();
            });
        };
    }

    private static Consumer<History> twoHistories() {
        return history -> {
            Checkpoint second = history.checkpoints().get(1).checkpoint();
            history.notes.set(1, history.key.sign(new Checkpoint(History.NAME, 8, Trees.flipped(second.root()), second.time())).note());
        };
    }

    private static Arguments alteration(String what, Consumer<History> alteration, Kind... kinds) {
        return Arguments.of(what, alteration, new LinkedHashSet<>(List.of(kinds)));
    }

    private static Set<Kind> kinds(Verdict verdict) {
        Set<Kind> kinds = new LinkedHashSet<>();
        if (verdict instanceof Verdict.Broken broken) {
            broken.findings().forEach(finding -> kinds.add(finding.kind()));
        }
        return kinds;
    }

    private static List<String> sentences(Verdict verdict) {
        return verdict instanceof Verdict.Broken broken ? broken.findings().stream().map(Finding::sentence).toList() : List.of();
    }
}
