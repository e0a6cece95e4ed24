package dev.penstock.quota.gateway.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Changes to a body, each a range of its bytes and what stands there instead. All other bytes stay. */
final class Splices {

    private record Splice(Span at, byte[] instead) {}

    private final List<Splice> splices = new ArrayList<>();

    void replace(Span at, String instead) {
        splices.add(new Splice(at, instead.getBytes(StandardCharsets.UTF_8)));
    }

    void insert(int at, String text) {
        replace(new Span(at, at), text);
    }

    byte[] apply(byte[] bytes) {
        splices.sort(Comparator.<Splice>comparingInt(splice -> splice.at().start()).thenComparingInt(splice -> splice.at().end()));
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 256);
        int from = 0;
        for (Splice splice : splices) {
            out.write(bytes, from, splice.at().start() - from);
            out.writeBytes(splice.instead());
            from = splice.at().end();
        }
        out.write(bytes, from, bytes.length - from);
        return out.toByteArray();
    }
}
