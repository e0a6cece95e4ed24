package dev.penstock.simulators.model;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Beginnings of prompts that were read before, in blocks as vLLM keeps them. A block is known by a hash of everything up to its
 * end and of the salt, so that callers with different salts never find each other's.
 */
final class PrefixCache {

    private static final int BLOCK_TOKENS = 16;
    private static final int BLOCKS = 100_000;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Map<Long, Boolean> blocks = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > BLOCKS;
        }
    };

    /** Reads the prompt; tells how many of its tokens had been read before, never all: the last one is always computed. */
    synchronized int read(Prompt prompt, String salt) {
        long hash = mix(0, salt);
        int tokens = 0;
        int cached = 0;
        boolean known = true;
        for (Iterator<String> pieces = prompt.pieces().iterator(); pieces.hasNext(); ) {
            hash = mix(hash, pieces.next());
            tokens++;
            if (tokens % BLOCK_TOKENS == 0) {
                known &= blocks.put(hash, true) != null;
                cached = known && pieces.hasNext() ? tokens : cached;
            }
        }
        return cached;
    }

    private static long mix(long hash, String piece) {
        long mixed = hash ^ piece.length();
        for (int index = 0; index < piece.length(); index++) {
            mixed = (mixed ^ piece.charAt(index)) * MIX;
            mixed ^= mixed >>> 29;
        }
        return mixed * MIX;
    }
}
