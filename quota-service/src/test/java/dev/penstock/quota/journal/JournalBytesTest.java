package dev.penstock.quota.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** What the bytes of a journal mean, whole and damaged, without a disk. */
class JournalBytesTest {

    private static final int IN_A_GROUP = 5;
    private static final int ZEROS = 2_000;
    private static final int LAST = 4_096;

    private final Random random = new Random(20261121);

    @Test
    void whateverCanBeToldIsReadAsItWasWritten() throws Damage {
        for (int i = 0; i < 1_000; i++) {
            List<Told> told = told(random.nextInt(12));
            ByteBuffer image = segment(told, new ArrayList<>());
            assertThat(SegmentImage.read(image)).isEqualTo(
                    new SegmentImage(new FileHeader(FileHeader.Kind.SEGMENT, "penstock-ü-0", 7), intents(told), ends(told), image.limit() - ZEROS, false));
            for (Settlement end : ends(told)) {
                ByteBuffer slot = slot(random.nextLong() >>> 1, end);
                assertThat(SlotFormat.read(slot, 0)).isEqualTo(new SlotFormat.State.Alive(end));
            }
        }
    }

    /** Whoever is upgraded finds its own journal of before: in records that are shorter, and in slots with zeros after them. */
    @Test
    void endsFromBeforeReasoningWasToldAreRead() throws Damage {
        Settlement now = TestJournal.end(7);
        Settlement before = new Settlement(now.attempt(), 200, new Counts.Read(7, 1, 2, 3), now.payer(), now.cause(), now.took(), null);
        ByteBuffer old = EndFormat.bytes(now).limit(EndFormat.OLD_BYTES);
        ByteBuffer image = ByteBuffer.allocate(FileHeader.BYTES + 200);
        image.put(new FileHeader(FileHeader.Kind.SEGMENT, "a", 1).bytes());
        RecordFormat.write(image, RecordFormat.END, FileHeader.BYTES, old);
        assertThat(SegmentImage.read(image.flip()).ends()).containsExactly(before);

        byte[] half = SlotFormat.half(4, now);
        int reasoning = Integer.BYTES + 1 + Long.BYTES + EndFormat.OLD_BYTES;
        Arrays.fill(half, reasoning, half.length, (byte) 0);
        CRC32C sum = new CRC32C();
        sum.update(half, Integer.BYTES, half.length - Integer.BYTES);
        ByteBuffer slot = ByteBuffer.allocate(SlotFormat.BYTES).put(half).putInt(0, (int) sum.getValue());
        assertThat(SlotFormat.read(slot, 0)).isEqualTo(new SlotFormat.State.Alive(before));
    }

    @Test
    void cutAtEveryByteItSaysTheBeginningOfWhatWasWritten() throws Damage {
        List<Told> told = told(60);
        List<Integer> places = new ArrayList<>();
        ByteBuffer image = segment(told, places);
        int end = image.limit() - ZEROS;
        for (int size = end - LAST; size < image.limit(); size++) {
            SegmentImage read = SegmentImage.read(image.duplicate().limit(size));
            int until = size;
            int whole = (int) places.stream().filter(place -> place <= until).count();
            assertThat(read.ends()).isEqualTo(ends(told.subList(0, whole)));
            assertThat(read.intents()).isEqualTo(intents(told.subList(0, whole)));
            // A length begins with zeros: of those alone nothing can be said, and nothing need be.
            assertThat(read.torn()).as("cut at %d", size).isEqualTo(size < end && size - read.size() > Integer.numberOfLeadingZeros(told.get(whole).bytes()) / Byte.SIZE);
        }
        assertThat(whatIsReadOfACutHeader(image)).isEqualTo(FileHeader.BYTES);
    }

    private static int whatIsReadOfACutHeader(ByteBuffer image) {
        int refused = 0;
        for (int size = 0; size < FileHeader.BYTES; size++) {
            ByteBuffer cut = image.duplicate().limit(size);
            assertThatThrownBy(() -> SegmentImage.read(cut)).isInstanceOf(Damage.class);
            refused++;
        }
        return refused;
    }

    @Test
    void aBitThatFlipsIsFoundOrCutsWhatWasNotKnownToBeOnDisk() {
        List<Told> told = told(60);
        int lost = 0;
        for (int i = 0; i < 1_000; i++) {
            ByteBuffer image = segment(told, new ArrayList<>());
            int bit = random.nextInt((image.limit() - ZEROS) * 8);
            image.put(bit / 8, (byte) (image.get(bit / 8) ^ 1 << bit % 8));
            try {
                SegmentImage read = SegmentImage.read(image);
                int left = read.ends().size() + read.intents().size();
                assertThat(left).isGreaterThanOrEqualTo(told.size() - IN_A_GROUP);
                assertThat(read.ends()).isEqualTo(ends(told.subList(0, left)));
                assertThat(read.intents()).isEqualTo(intents(told.subList(0, left)));
                assertThat(read.torn()).isTrue();
                lost++;
            } catch (Damage damage) {
                assertThat(damage.offset()).isLessThanOrEqualTo(bit / 8);
            }
        }
        assertThat(lost).as("flips in the last group").isBetween(1, 200);
    }

    /** Records of one group may reach the disk in any order. */
    @Test
    void aHoleInTheLastGroupIsTornAndOneBeforeItIsDamage() throws Damage {
        List<Told> told = told(3 * IN_A_GROUP);
        List<Integer> places = new ArrayList<>();
        segment(told, places);
        SegmentImage torn = SegmentImage.read(withHole(told, places, 2 * IN_A_GROUP + 1));
        assertThat(torn.ends()).isEqualTo(ends(told.subList(0, 2 * IN_A_GROUP + 1)));
        assertThat(torn.intents()).isEqualTo(intents(told.subList(0, 2 * IN_A_GROUP + 1)));
        for (int number = 0; number < 2 * IN_A_GROUP; number++) {
            ByteBuffer image = withHole(told, places, number);
            int at = places.get(number) - told.get(number).bytes();
            assertThatThrownBy(() -> SegmentImage.read(image)).isInstanceOfSatisfying(Damage.class, damage -> assertThat(damage.offset()).isEqualTo(at));
        }
    }

    private ByteBuffer withHole(List<Told> told, List<Integer> places, int number) {
        ByteBuffer image = segment(told, new ArrayList<>());
        int length = told.get(number).bytes();
        image.put(places.get(number) - length, new byte[length]);
        return image;
    }

    @Test
    void aRecordOfALaterVersionIsRefusedAndNotPassedOver() {
        ByteBuffer image = ByteBuffer.allocate(FileHeader.BYTES + 200);
        image.put(new FileHeader(FileHeader.Kind.SEGMENT, "a", 1).bytes());
        RecordFormat.write(image, (byte) 3, FileHeader.BYTES, ByteBuffer.wrap(new byte[50]));
        assertThatThrownBy(() -> SegmentImage.read(image.flip())).hasMessage("a record of type 3 is not known to this program");
    }

    @Test
    void onlyTheLastSegmentMayBeTorn() {
        List<Told> told = told(4);
        ByteBuffer torn = segment(told, new ArrayList<>());
        torn.limit(torn.limit() - ZEROS - 1);
        ByteBuffer whole = segment(told(4), new ArrayList<>());
        TreeMap<String, ByteBuffer> segments = new TreeMap<>();
        segments.put("segment-000000000001", torn);
        assertThat(Replay.of(segments, new TreeMap<>()).torn()).isEqualTo(java.util.Map.entry("segment-000000000001", torn.limit() + 1 - told.getLast().bytes()));
        segments.put("segment-000000000002", whole);
        assertThatThrownBy(() -> Replay.of(segments, new TreeMap<>())).isInstanceOf(JournalUnusable.class).hasMessageContaining("segment-000000000001");
    }

    @Test
    void whatWasToldOutranksWhatWasKnownBefore() {
        TreeMap<String, ByteBuffer> segments = new TreeMap<>();
        segments.put("segment-000000000002", segment(List.of(TestJournal.told(TestJournal.end(1)), TestJournal.told(TestJournal.end(2))), new ArrayList<>()));
        TreeMap<String, ByteBuffer> progress = new TreeMap<>();
        ByteBuffer slots = ByteBuffer.allocate(FileHeader.BYTES + 2 * SlotFormat.BYTES).put(new FileHeader(FileHeader.Kind.PROGRESS, "a", 1).bytes());
        slots.put(slot(4, TestJournal.at(1, 17))).put(slot(9, TestJournal.at(3, 18)));
        progress.put("progress-000000000001", slots.flip());
        Replay replay = Replay.of(segments, progress);
        assertThat(replay.ends().values()).containsExactlyElementsOf(TestJournal.without(List.of(TestJournal.end(1), TestJournal.end(2), TestJournal.at(3, 18))));
        assertThat(replay.told()).isEqualTo(2);
        assertThat(replay.alive()).isOne();
    }

    /** A process may die in the middle of a store, with any part of it done. */
    @Test
    void aSlotThatIsTornSaysWhatItSaidBefore() {
        for (int turn = 1; turn < 4; turn++) {
            ByteBuffer before = slot(turn - 1, TestJournal.at(1, turn - 1));
            byte[] half = SlotFormat.half(turn, TestJournal.at(1, turn));
            for (int stored = 1; stored < SlotFormat.HALF; stored++) {
                ByteBuffer torn = ByteBuffer.wrap(before.array().clone());
                torn.put(SlotFormat.at(turn), half, 0, stored);
                long output = alive(torn).output();
                assertThat(output).as("%d bytes stored", stored).isIn((long) turn - 1, (long) turn);
                assertThat(output == turn).isEqualTo(java.util.Arrays.equals(half, java.util.Arrays.copyOfRange(torn.array(), SlotFormat.at(turn), SlotFormat.at(turn) + SlotFormat.HALF)));
            }
        }
    }

    @Test
    void ofASlotThatIsTornAtItsFirstStoreNothingIsKnown() {
        ByteBuffer free = slot(6, null);
        free.put(SlotFormat.at(7), SlotFormat.half(7, TestJournal.at(1, 1)), 0, 60);
        assertThat(SlotFormat.read(free, 0)).isEqualTo(new SlotFormat.State.Damaged());
        assertThat(SlotFormat.read(ByteBuffer.allocate(SlotFormat.BYTES), 0)).isEqualTo(new SlotFormat.State.Free());
        assertThat(SlotFormat.read(slot(6, null), 0)).isEqualTo(new SlotFormat.State.Free());
    }

    @Test
    void aBitThatFlipsInASlotNeverMakesANumber() {
        for (int bit = 0; bit < SlotFormat.BYTES * 8; bit++) {
            ByteBuffer slot = slot(4, TestJournal.at(1, 4));
            slot.put(SlotFormat.at(5), SlotFormat.half(5, TestJournal.at(1, 5)));
            slot.put(bit / 8, (byte) (slot.get(bit / 8) ^ 1 << bit % 8));
            assertThat(alive(slot).output()).isIn(4L, 5L);
        }
    }

    private static Counts.Read alive(ByteBuffer slot) {
        return (Counts.Read) ((SlotFormat.State.Alive) SlotFormat.read(slot, 0)).end().counts();
    }

    /** Intents and ends in any order. */
    private List<Told> told(int many) {
        List<Told> told = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            told.add(random.nextBoolean() ? TestJournal.told(TestJournal.random(random)) : Told.Promise.of(TestIntents.random(random)));
        }
        return List.copyOf(told);
    }

    private static List<Settlement> ends(List<Told> told) {
        return told.stream().filter(Told.End.class::isInstance).map(end -> ((Told.End) end).ended().settlement()).toList();
    }

    private static List<Intent> intents(List<Told> told) {
        return told.stream().filter(Told.Promise.class::isInstance).map(promise -> ((Told.Promise) promise).intent()).toList();
    }

    /** @param places gets where each record ends */
    static ByteBuffer segment(List<Told> told, List<Integer> places) {
        ByteBuffer out = ByteBuffer.allocate(FileHeader.BYTES + Told.bytes(told) + ZEROS);
        out.put(new FileHeader(FileHeader.Kind.SEGMENT, "penstock-ü-0", 7).bytes());
        int synced = out.position();
        for (int i = 0; i < told.size(); i++) {
            synced = i % IN_A_GROUP == 0 ? out.position() : synced;
            RecordFormat.write(out, told.get(i).type(), synced, told.get(i).content().duplicate());
            places.add(out.position());
        }
        return out.rewind();
    }

    private static ByteBuffer slot(long turn, Settlement end) {
        return ByteBuffer.wrap(new byte[SlotFormat.BYTES]).put(SlotFormat.at(turn), SlotFormat.half(turn, end));
    }
}
