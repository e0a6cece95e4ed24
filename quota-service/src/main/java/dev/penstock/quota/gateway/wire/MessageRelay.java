package dev.penstock.quota.gateway.wire;

import dev.penstock.quota.gateway.wire.JsonCursor.Kind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stream of Messages: every byte passes as it came, but for an error, which is not told in the words of who made it, and what comes behind it. The prompt is
 * counted in the first event and the answer in one of the last, so until then nothing is known of what was used in all.
 */
public final class MessageRelay implements Relay {

    private static final byte[] TYPE = JsonText.ascii("type");
    private static final byte[] MESSAGE = JsonText.ascii("message");
    private static final byte[] USAGE = JsonText.ascii("usage");
    private static final byte[] DELTA = JsonText.ascii("delta");
    private static final byte[] BLOCK = JsonText.ascii("content_block");
    private static final byte[] ERROR = JsonText.ascii("error");
    private static final byte[] SIGNATURE = JsonText.ascii("signature");
    private static final byte[] ID = JsonText.ascii("id");

    private final SseSplitter splitter;
    private int written;
    private MessageUsage counted = MessageUsage.NONE;
    private boolean countedAll;
    private long chunks;
    private long said;
    private boolean done;
    private boolean failed;

    public MessageRelay(int mostEventBytes) {
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
        return countedAll ? counted.complete() : null;
    }

    @Override
    public @Nullable Usage begun() {
        return counted.begun();
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

    @Override
    public boolean broken() {
        return failed;
    }

    private void event(SseEvent event) {
        if (done || failed) {
            return;
        }
        if (event.data() != null) {
            read(event.joined());
        }
        if (!failed) {
            System.arraycopy(event.bytes(), event.at().start(), splitter.buffer(), written, event.at().end() - event.at().start());
            written += event.at().end() - event.at().start();
        }
    }

    private void read(SseEvent event) {
        Span data = Objects.requireNonNull(event.data());
        Event told;
        try {
            told = Event.read(event.bytes(), data);
        } catch (MalformedJson e) {
            // Whatever it is, the client was sent it.
            chunks++;
            said += data.end() - data.start();
            return;
        }
        if (told.error) {
            failed = true;
            return;
        }
        counted = counted.then(told.usage);
        countedAll |= told.type.equals("message_delta") && told.usage.output() != null;
        done = told.type.equals("message_stop");
        if (told.type.equals("content_block_start") || told.type.equals("content_block_delta")) {
            chunks++;
            said += told.said;
        }
    }

    /** What one event says. */
    private static final class Event {

        private String type = "";
        private MessageUsage usage = MessageUsage.NONE;
        private long said;
        private boolean error;

        static Event read(byte[] bytes, Span data) {
            JsonCursor cursor = new JsonCursor(bytes, data.start(), data.end());
            Event event = new Event();
            for (boolean more = cursor.enterObject(); more; more = cursor.moreMembers()) {
                event.member(cursor);
            }
            cursor.finish();
            event.error |= event.type.equals("error");
            return event;
        }

        private void member(JsonCursor cursor) {
            boolean isError = cursor.keyIs(ERROR);
            boolean isType = cursor.keyIs(TYPE);
            boolean isMessage = cursor.keyIs(MESSAGE);
            boolean isSaid = cursor.keyIs(DELTA) || cursor.keyIs(BLOCK);
            if (cursor.keyIs(USAGE)) {
                usage = usage.then(MessageUsage.read(cursor));
                return;
            }
            Kind kind = cursor.next();
            error |= isError && kind != Kind.NULL;
            if (isType && kind == Kind.STRING) {
                type = cursor.decode(cursor.string());
            } else if (isMessage && kind == Kind.OBJECT) {
                message(cursor);
            } else if (isSaid && kind == Kind.OBJECT) {
                said += said(cursor);
            } else {
                cursor.skip();
            }
        }

        private void message(JsonCursor cursor) {
            for (boolean more = cursor.enterObject(); more; more = cursor.moreMembers()) {
                if (cursor.keyIs(USAGE)) {
                    usage = usage.then(MessageUsage.read(cursor));
                } else {
                    cursor.skip();
                }
            }
        }

        /** Bytes of what the model wrote, and not of what only names it. */
        private static long said(JsonCursor cursor) {
            long said = 0;
            for (boolean more = cursor.enterObject(); more; more = cursor.moreMembers()) {
                boolean named = cursor.keyIs(TYPE) || cursor.keyIs(SIGNATURE) || cursor.keyIs(ID);
                long strings = cursor.skip();
                said += named ? 0 : strings;
            }
            return said;
        }
    }
}
