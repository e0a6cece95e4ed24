package dev.penstock.quota.gateway.wire;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into server-sent events, wherever the packets begin and end. Lines end with LF, CR LF or CR, as the standard says.
 * No byte is lost or changed: the events together are the stream, less an event that has not ended.
 */
final class SseSplitter {

    private static final byte[] DATA = {'d', 'a', 't', 'a', ':'};

    private final int mostEventBytes;
    /** What of an event had not ended when the last packet came, and that packet. */
    private byte[] buffer = new byte[1024];
    private int length;
    /** Where the event begins that has not ended. What is before it was told, and is its reader's until more is fed. */
    private int begin;
    /** Up to here there is nothing more to find. */
    private int at;
    private int lineStart;
    private @Nullable Span data;
    private int dataLines;

    SseSplitter(int mostEventBytes) {
        this.mostEventBytes = mostEventBytes;
    }

    /** @throws EventTooLarge when an event grows beyond the bound */
    void feed(int bytes, Packet packet, Consumer<SseEvent> sink) {
        forget();
        if (bytes > buffer.length - length) {
            buffer = Arrays.copyOf(buffer, Math.max(length + bytes, 2 * buffer.length));
        }
        packet.copyTo(buffer, length);
        length += bytes;
        split(false, sink);
    }

    /** Where the events stand that were told since the last packet came, and maybe more behind them. A reader may write over those it has read. */
    byte[] buffer() {
        return buffer;
    }

    /** After the last packet: an event whose end was held back for a byte that did not come. */
    void finish(Consumer<SseEvent> sink) {
        forget();
        split(true, sink);
    }

    private void split(boolean last, Consumer<SseEvent> sink) {
        while (toLineEnd()) {
            int next = afterLineEnd();
            if (next == length && buffer[at] == '\r' && !last) {
                // If LF comes next, it belongs to it.
                break;
            }
            if (at > lineStart) {
                line();
            } else {
                bounded(next - begin);
                sink.accept(new SseEvent(buffer, new Span(begin, next), data, dataLines));
                begin = next;
                data = null;
                dataLines = 0;
            }
            at = next;
            lineStart = next;
        }
        bounded(length - begin);
    }

    private boolean toLineEnd() {
        int i = at;
        while (i < length && buffer[i] != '\n' && buffer[i] != '\r') {
            i++;
        }
        at = i;
        return i < length;
    }

    private int afterLineEnd() {
        boolean both = buffer[at] == '\r' && at + 1 < length && buffer[at + 1] == '\n';
        return at + (both ? 2 : 1);
    }

    private void line() {
        int start = lineStart + DATA.length;
        if (at < start || !Arrays.equals(buffer, lineStart, start, DATA, 0, DATA.length)) {
            return;
        }
        if (start < at && buffer[start] == ' ') {
            start++;
        }
        // Several lines of data are one text with line ends in it: the span reaches over all of them.
        data = data == null ? new Span(start, at) : new Span(data.start(), at);
        dataLines++;
    }

    /** What was told. */
    private void forget() {
        int by = begin;
        if (by == 0) {
            return;
        }
        System.arraycopy(buffer, by, buffer, 0, length - by);
        begin = 0;
        length -= by;
        at -= by;
        lineStart -= by;
        data = data == null ? null : new Span(data.start() - by, data.end() - by);
    }

    private void bounded(int event) {
        if (event > mostEventBytes) {
            throw new EventTooLarge(mostEventBytes);
        }
    }

    /** The upstream sent an event that is larger than any that makes sense. */
    static final class EventTooLarge extends RuntimeException {

        private static final long serialVersionUID = 1L;

        EventTooLarge(int most) {
            super("an event of more than " + most + " bytes", null, false, false);
        }
    }
}
