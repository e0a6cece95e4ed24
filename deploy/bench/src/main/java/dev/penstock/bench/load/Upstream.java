package dev.penstock.bench.load;

import java.io.IOException;

/** Answers as vLLM would, at once and always the same. */
public final class Upstream implements AutoCloseable {

    private Upstream() {}

    /** Begins to answer on a free port of the loopback address, on a thread of its own. */
    public static Upstream start(Script script) throws IOException {
        throw new UnsupportedOperationException();
    }

    public int port() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() throws IOException {}

    /** Follows the script in its arguments ({@link Script#arguments}): prints its port and goes on until its input ends. */
    public static void main(String[] arguments) throws IOException {
        try (Upstream upstream = start(Script.of(arguments))) {
            System.out.println(upstream.port());
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }
}
