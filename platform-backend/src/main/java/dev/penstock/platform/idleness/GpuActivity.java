package dev.penstock.platform.idleness;

import java.time.Duration;
import java.util.Map;

/** How much the GPUs of pods worked. */
interface GpuActivity {

    /** A pod by its names on the cluster. */
    record Pod(String namespace, String name) {}

    /** Nothing can be told of anybody now. The message is a sentence for people. */
    final class Unknown extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unknown(String sentence, Throwable cause) {
            super(sentence, cause);
        }

        Unknown(String sentence) {
            super(sentence);
        }
    }

    /**
     * The highest share of time, from 0 to 1, that any GPU of a pod worked within the window up to now. A pod that is missing was not
     * measured.
     *
     * @throws Unknown if nothing can be told now
     */
    Map<Pod, Double> highest(Duration window);
}
