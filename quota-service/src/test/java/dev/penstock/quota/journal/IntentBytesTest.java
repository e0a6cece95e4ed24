package dev.penstock.quota.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.penstock.contract.quota.Meter;
import dev.penstock.quota.allotment.Share;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What an intent says, and what a start makes of it, without a disk. */
class IntentBytesTest {

    private static final Attempt ATTEMPT = TestJournal.attempt(1);

    private final Random random = new Random(20261121);

    @Test
    void theLongestThatThereMayBeIsARecord() throws Damage {
        Intent longest = TestIntents.longest(ATTEMPT);
        assertThat(IntentFormat.bytes(longest).remaining()).isEqualTo(IntentFormat.MOST_BYTES).isLessThanOrEqualTo(RecordFormat.MOST - RecordFormat.FRAME);
        assertThat(SegmentImage.read(JournalBytesTest.segment(List.of(Told.Promise.of(longest)), new ArrayList<>())).intents()).containsExactly(longest);
    }

    @Test
    void whatCannotBeWrittenIsNoIntent() {
        Intent.Part part = TestIntents.of(ATTEMPT).parts().getFirst();
        assertThatIllegalArgumentException().isThrownBy(() -> TestIntents.of(ATTEMPT, Collections.nCopies(Intent.MOST_PARTS + 1, part)));
        Share more = new Share(part.share().pot(), 1, BigInteger.TEN.pow(Fields.MOST_DIGITS));
        assertThatIllegalArgumentException().isThrownBy(() -> TestIntents.of(ATTEMPT, List.of(new Intent.Part(Meter.MONEY, more))));
        Intent longest = TestIntents.longest(ATTEMPT);
        assertThatIllegalArgumentException().isThrownBy(() -> new Intent(
                ATTEMPT, longest.ts(), longest.project(), longest.key(), null, longest.endpoint(), 0, 1, longest.sku() + "a", 1, 1, 1, 1, 1, BigInteger.ONE, 1, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Intent(
                ATTEMPT, longest.ts(), longest.project(), null, null, longest.endpoint(), 0, 1, "chat", 1, 1, 1, 1, 1, BigInteger.ONE, 1, List.of()));
    }

    @Test
    void cutShortOrLongerItIsNoIntent() {
        for (int i = 0; i < 200; i++) {
            ByteBuffer bytes = IntentFormat.bytes(TestIntents.random(random));
            for (int size = 0; size < bytes.limit(); size++) {
                ByteBuffer cut = bytes.slice(0, size);
                assertThatIllegalArgumentException().isThrownBy(() -> IntentFormat.read(cut));
            }
            assertThatIllegalArgumentException().isThrownBy(() -> IntentFormat.read(ByteBuffer.allocate(bytes.limit() + 1).put(bytes).rewind()));
        }
    }

    /** Each of: an end, a slot, both, neither; beside the intent and without it. */
    @Test
    void anIntentIsSettledByItsEndByItsSlotOrAtItsBound() {
        Replay replay = replay(
                List.of(promise(1), promise(2), promise(3), promise(4), end(1), end(2), end(5)),
                List.of(TestJournal.at(2, 17), TestJournal.at(3, 18), TestJournal.at(6, 19)));
        assertThat(replay.ends().values()).containsExactlyInAnyOrder(
                new Ended(TestJournal.end(1), intent(1)),
                new Ended(TestJournal.end(2), intent(2)),
                new Ended(TestJournal.at(3, 18), intent(3)),
                new Ended(Settlement.neverSettled(TestJournal.attempt(4)), intent(4)),
                new Ended(TestJournal.end(5), null),
                new Ended(TestJournal.at(6, 19), null));
        assertThat(List.of(replay.told(), replay.alive(), replay.promised())).containsExactly(3, 2, 1);
        assertThat(replay.files().get("segment-000000000002")).as("it is needed for whoever it tells of").hasSize(5);
    }

    /** Written again after a disk had refused it, or read from a folder where somebody put a copy. */
    @Test
    void ofAnIntentThatIsThereTwiceTheFirstCounts() {
        Intent other = TestIntents.of(TestJournal.attempt(1), List.of());
        TreeMap<String, ByteBuffer> segments = new TreeMap<>();
        segments.put("segment-000000000002", JournalBytesTest.segment(List.of(promise(1), Told.Promise.of(other)), new ArrayList<>()));
        segments.put("segment-000000000003", JournalBytesTest.segment(List.of(Told.Promise.of(other), end(1)), new ArrayList<>()));
        assertThat(Replay.of(segments, new TreeMap<>()).ends().values()).containsExactly(new Ended(TestJournal.end(1), intent(1)));
    }

    /** Whatever is cut off the end: what is left is told with its intent, and no intent is ever settled beyond its bound or below what is known. */
    @Test
    void cutAtEveryByteEachIsToldAsFarAsItIsKnown() {
        List<Told> told = List.of(promise(1), end(1), promise(2), promise(3), end(3));
        List<Integer> places = new ArrayList<>();
        ByteBuffer whole = JournalBytesTest.segment(told, places);
        for (int size = FileHeader.BYTES; size <= whole.limit(); size++) {
            int until = size;
            int left = (int) places.stream().filter(place -> place <= until).count();
            TreeMap<String, ByteBuffer> segments = new TreeMap<>();
            segments.put("segment-000000000002", whole.duplicate().limit(size));
            Replay replay = Replay.of(segments, progress(List.of(TestJournal.at(2, 17))));
            assertThat(replay.ends().get(TestJournal.attempt(1))).isEqualTo(switch (left) {
                case 0 -> null;
                case 1 -> new Ended(Settlement.neverSettled(TestJournal.attempt(1)), intent(1));
                default -> new Ended(TestJournal.end(1), intent(1));
            });
            assertThat(replay.ends().get(TestJournal.attempt(2))).isEqualTo(new Ended(TestJournal.at(2, 17), left < 3 ? null : intent(2)));
            assertThat(replay.ends()).hasSize(left == 0 ? 1 : left < 4 ? 2 : 3);
        }
    }

    private static Replay replay(List<Told> told, List<Settlement> alive) {
        TreeMap<String, ByteBuffer> segments = new TreeMap<>();
        segments.put("segment-000000000002", JournalBytesTest.segment(told, new ArrayList<>()));
        return Replay.of(segments, progress(alive));
    }

    private static TreeMap<String, ByteBuffer> progress(List<Settlement> alive) {
        ByteBuffer slots = ByteBuffer.allocate(FileHeader.BYTES + alive.size() * SlotFormat.BYTES).put(new FileHeader(FileHeader.Kind.PROGRESS, "a", 1).bytes());
        alive.forEach(end -> slots.put(new byte[SlotFormat.HALF]).put(SlotFormat.half(1, end)));
        return new TreeMap<>(Map.of("progress-000000000001", slots.flip()));
    }

    private static Intent intent(int number) {
        return TestIntents.of(TestJournal.attempt(number));
    }

    private static Told promise(int number) {
        return Told.Promise.of(intent(number));
    }

    private static Told end(int number) {
        return TestJournal.told(TestJournal.end(number));
    }
}
