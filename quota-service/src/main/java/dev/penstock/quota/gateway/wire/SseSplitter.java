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
    private byte[] buffer = new byte[4096];
    private int length;
    private int lineStart;
    private boolean afterCr;
    /** The event ended with CR; if LF comes next, it belongs to it. */
    private boolean ending;
    private @Nullable Span data;
    private int dataLines;

    SseSplitter(int mostEventBytes) {
        this.mostEventBytes = mostEventBytes;
    }

    /** @throws EventTooLarge when an event grows beyond the bound */
    void feed(byte[] packet, Consumer<SseEvent> sink) {
        for (byte b : packet) {
            if (ending && b != '\n') {
                emit(sink);
            }
            append(b);
            if (b == '\n' && afterCr) {
                afterCr = false;
                lineStart = length;
                if (ending) {
                    emit(sink);
                }
            } else if (b == '\n' || b == '\r') {
                afterCr = b == '\r';
                endOfLine(sink);
            } else {
                afterCr = false;
            }
        }
    }

    /** After the last packet: an event whose end was held back for a byte that did not come. */
    void finish(Consumer<SseEvent> sink) {
        if (ending) {
            emit(sink);
        }
    }

    private void endOfLine(Consumer<SseEvent> sink) {
        int end = length - 1;
        boolean blank = end == lineStart;
        if (!blank && end - lineStart >= DATA.length && Arrays.equals(buffer, lineStart, lineStart + DATA.length, DATA, 0, DATA.length)) {
            int start = lineStart + DATA.length;
            if (start < end && buffer[start] == ' ') {
                start++;
            }
            // Several lines of data are one text with line ends in it: the span reaches over all of them.
            data = data == null ? new Span(start, end) : new Span(data.start(), end);
            dataLines++;
        }
        lineStart = length;
        if (blank && afterCr) {
            ending = true;
        } else if (blank) {
            emit(sink);
        }
    }

    private void emit(Consumer<SseEvent> sink) {
        SseEvent event = new SseEvent(Arrays.copyOf(buffer, length), data, dataLines);
        length = 0;
        lineStart = 0;
        afterCr = false;
        ending = false;
        data = null;
        dataLines = 0;
        sink.accept(event);
    }

    private void append(byte b) {
        if (length == mostEventBytes) {
            throw new EventTooLarge(mostEventBytes);
        }
        if (length == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(mostEventBytes, 2 * length));
        }
        buffer[length++] = b;
    }

    /** The upstream sent an event that is larger than any that makes sense. */
    static final class EventTooLarge extends RuntimeException {

        private static final long serialVersionUID = 1L;

        EventTooLarge(int most) {
            super("an event of more than " + most + " bytes", null, false, false);
        }
    }
}
