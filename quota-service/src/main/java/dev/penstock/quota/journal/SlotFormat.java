package dev.penstock.quota.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A slot of the progress file: two halves that are written in turn, each whole by itself, so that one that is torn in the middle leaves the one
 * before it. Pure.
 *
 * <pre>
 * half: CRC32C of the rest 4 · state 1 · turn 8 · end · zeros
 * </pre>
 */
final class SlotFormat {

    static final int HALF = 128;
    static final int BYTES = 2 * HALF;

    private static final byte FREE = 1;
    private static final byte ALIVE = 2;

    /** What is known of the slot. */
    sealed interface State {

        /** Nobody's, or never used. */
        record Free() implements State {}

        /** @param end how the attempt ends if nothing more is heard of it */
        record Alive(Settlement end) implements State {}

        /** It was somebody's, and whose is not known. */
        record Damaged() implements State {}
    }

    private SlotFormat() {}

    /** Where the half of a turn stands within the slot. */
    static int at(long turn) {
        return (turn & 1) == 0 ? 0 : HALF;
    }

    /** @param end null: the slot is free */
    static byte[] half(long turn, @Nullable Settlement end) {
        byte[] half = new byte[HALF];
        ByteBuffer out = ByteBuffer.wrap(half).position(Integer.BYTES).put(end == null ? FREE : ALIVE).putLong(turn);
        if (end != null) {
            EndFormat.write(end, out);
        }
        ByteBuffer.wrap(half).putInt(0, sum(half));
        return half;
    }

    static State read(ByteBuffer image, int offset) {
        Half one = Half.read(image, offset);
        Half other = Half.read(image, offset + HALF);
        if (one.empty() && other.empty()) {
            return new State.Free();
        }
        Half newest = one.turn() > other.turn() ? one : other;
        if (newest.end() != null) {
            return new State.Alive(newest.end());
        }
        // Beside a torn half, a free one says only that the slot was free before.
        return one.torn() || other.torn() ? new State.Damaged() : new State.Free();
    }

    /** @param turn below 0: there is nothing that can be read */
    private record Half(long turn, @Nullable Settlement end, boolean empty, boolean torn) {

        private static final Half EMPTY = new Half(-1, null, true, false);
        private static final Half TORN = new Half(-1, null, false, true);

        static Half read(ByteBuffer image, int offset) {
            byte[] half = new byte[HALF];
            image.get(offset, half);
            ByteBuffer in = ByteBuffer.wrap(half);
            if (in.getInt() != sum(half)) {
                return allZero(half) ? EMPTY : TORN;
            }
            byte state = in.get();
            long turn = in.getLong();
            try {
                return new Half(turn, state == ALIVE ? EndFormat.read(in.limit(in.position() + EndFormat.BYTES)) : null, false, false);
            } catch (IllegalArgumentException e) {
                return TORN;
            }
        }

        private static boolean allZero(byte[] half) {
            for (byte b : half) {
                if (b != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private static int sum(byte[] half) {
        CRC32C sum = new CRC32C();
        sum.update(half, Integer.BYTES, HALF - Integer.BYTES);
        return (int) sum.getValue();
    }
}
