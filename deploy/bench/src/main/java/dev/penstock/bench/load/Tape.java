package dev.penstock.bench.load;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of an answer, made once and sent to everybody, in the pieces in which they are written.
 *
 * @param bytes all of them, head included
 * @param ends  where each piece ends
 */
record Tape(ByteBuffer bytes, List<Integer> ends) {

    static Tape of(List<byte[]> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<Integer> ends = new ArrayList<>();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
            ends.add(all.size());
        }
        ByteBuffer direct = ByteBuffer.allocateDirect(all.size()).put(all.toByteArray()).flip();
        return new Tape(direct, List.copyOf(ends));
    }

    int pieces() {
        return ends.size();
    }
}
