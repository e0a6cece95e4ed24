package dev.penstock.quota.gateway.wire;

import dev.penstock.quota.gateway.wire.CallBody.StreamOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stream of OpenAI's dialect: reads the usage in passing, leaves out the usage that the client did not ask for, and passes
 * every other byte as it came. Some clients add up whatever usage they see, so a chunk too many would be a lie.
 */
public final class StreamFilter implements Relay {

    private static final byte[] DONE = JsonText.ascii("[DONE]");

    /** From the longest to the shortest. */
    private static final List<byte[]> BROKE_OFF = List.of(
            JsonText.ascii("data: {\"error\":{\"message\":\"The model's server broke off.\",\"type\":\"server_error\"}}\n\n"),
            JsonText.ascii("data: {\"error\":{\"message\":\"broken off\"}}\n\n"),
            JsonText.ascii("data: {\"error\":{}}\n\n"));

    private final StreamOptions asked;
    private final SseSplitter splitter;
    /** What goes on of the present packet stands where it came, moved up to what goes on before it: no event becomes longer. */
    private int written;
    private @Nullable Usage usage;
    private long chunks;
    private long said;
    private boolean done;
    private boolean failed;

    /** @param asked what the client wants to see of the usage */
    public StreamFilter(StreamOptions asked, int mostEventBytes) {
        this.asked = asked;
        this.splitter = new SseSplitter(mostEventBytes);
    }

    @Override
    public int accept(int bytes, Packet packet) {
        written = 0;
        try {
            splitter.feed(bytes, packet, this::event);
        } catch (SseSplitter.EventTooLarge e) {
            throw new BadStream(e.getMessage());
        }
        return written;
    }

    @Override
    public int finish() {
        written = 0;
        splitter.finish(this::event);
        return written;
    }

    @Override
    public byte[] passed() {
        return splitter.buffer();
    }

    @Override
    public @Nullable Usage usage() {
        return usage;
    }

    /** An engine that counts as it goes has counted all, and another tells all at the end. */
    @Override
    public @Nullable Usage begun() {
        return usage;
    }

    @Override
    public long chunks() {
        return chunks;
    }

    @Override
    public long said() {
        return said;
    }

    @Override
    public boolean done() {
        return done;
    }

    @Override
    public boolean failed() {
        return failed;
    }

    /** Never: what comes behind an error goes on too, up to the end that engines tell. */
    @Override
    public boolean broken() {
        return false;
    }

    private void write(byte[] bytes, int start, int end) {
        System.arraycopy(bytes, start, splitter.buffer(), written, end - start);
        written += end - start;
    }

    private void write(SseEvent event) {
        write(event.bytes(), event.at().start(), event.at().end());
    }

    private void event(SseEvent event) {
        Span data = event.data();
        if (done) {
            return;
        }
        if (data == null) {
            write(event);
            return;
        }
        if (Arrays.equals(event.bytes(), data.start(), data.end(), DONE, 0, DONE.length)) {
            done = true;
            write(event);
            return;
        }
        SseEvent joined = event.joined();
        chunk(joined, Objects.requireNonNull(joined.data()));
    }

    private void chunk(SseEvent event, Span data) {
        Answer answer;
        try {
            answer = Answer.read(event.bytes(), data.start(), data.end());
        } catch (MalformedJson e) {
            // Whatever it is, the client was sent it.
            chunks++;
            said += data.end() - data.start();
            write(event);
            return;
        }
        usage = answer.usage() == null ? usage : answer.usage();
        failed |= answer.error();
        boolean onlyUsage = answer.usage() != null && !answer.choices();
        if (!onlyUsage && !answer.error()) {
            chunks++;
            said += answer.said();
        }
        if (answer.error()) {
            brokenOff(event);
        } else {
            pass(event, answer, onlyUsage);
        }
    }

    /** That there was an error, and not what the upstream says of it, which may quote anything. Nothing may be longer than what stood there. */
    private void brokenOff(SseEvent event) {
        int room = event.at().end() - event.at().start();
        BROKE_OFF.stream().filter(told -> told.length <= room).findFirst().ifPresentOrElse(told -> write(told, 0, told.length), () -> write(event));
    }

    private void pass(SseEvent event, Answer answer, boolean onlyUsage) {
        boolean wanted = onlyUsage ? asked.includeUsage() : asked.includeUsage() && asked.continuousUsage();
        if (wanted || answer.usageAt().isEmpty()) {
            write(event);
        } else if (!onlyUsage) {
            writeWithout(event, answer.usageAt());
        }
    }

    /** @param cut in the order in which they stand there */
    private void writeWithout(SseEvent event, List<Span> cut) {
        int from = event.at().start();
        for (Span span : cut) {
            write(event.bytes(), from, span.start());
            from = span.end();
        }
        write(event.bytes(), from, event.at().end());
    }
}
