package dev.penstock.bench.load;

import java.time.Duration;

/** Sends the calls of one run over its connections, on the thread of whoever asks for it. */
final class Generator {

    /** How long it waits for what is still open when no further call becomes due; and how long a connection may take to open. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private Generator() {}
}
