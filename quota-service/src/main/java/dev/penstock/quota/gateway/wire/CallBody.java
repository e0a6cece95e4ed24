package dev.penstock.quota.gateway.wire;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call's body and what was found in it. Made by {@link BodyReader}; the bytes are never changed. */
public final class CallBody {

    private static final int BEGINNING = 1 << 10;

    /** Of English text, roughly. */
    private static final int BYTES_OF_A_TOKEN = 4;

    private static final List<Field> PROMPTS = List.of(Field.MESSAGES, Field.PROMPT, Field.INPUT, Field.QUERY);

    private final byte[] bytes;
    private final String model;
    private final boolean stream;
    private final StreamOptions options;
    private final Map<Field, Span> values;
    private final Map<Field, Long> limits;
    private final List<Span> left;
    private final Map<Field, Span> members;
    private final int choices;
    private final int items;
    private final int inputs;
    private final boolean unbounded;
    private final int firstMember;

    CallBody(BodyReader.Findings found, byte[] bytes, String model) {
        this.bytes = bytes;
        this.model = model;
        this.stream = found.stream;
        this.options = found.options;
        this.values = new EnumMap<>(found.values);
        this.limits = new EnumMap<>(found.limits);
        this.left = List.copyOf(found.left);
        this.members = new EnumMap<>(found.members);
        this.choices = found.choices;
        this.items = found.items;
        this.inputs = found.inputs;
        this.unbounded = found.unbounded;
        this.firstMember = found.firstMember;
    }

    /** As the caller wrote it. */
    public String model() {
        return model;
    }

    public boolean stream() {
        return stream;
    }

    public StreamOptions options() {
        return options;
    }

    public int length() {
        return bytes.length;
    }

    /** Answers to one prompt. */
    public int choices() {
        return choices;
    }

    /** Messages, tools and inputs, each of which costs some tokens that are no bytes of its. */
    int items() {
        return items;
    }

    /** Texts to embed, to go on with or to rank. */
    int inputs() {
        return inputs;
    }

    /** Holds what its bytes do not bound: pictures, sound, a template of the client's own. */
    boolean unbounded() {
        return unbounded;
    }

    /** Not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** The same for prompts that begin alike, as those of one conversation do: of the first kilobyte, as it stands in the body. */
    public int beginning() {
        Span prompt = prompt();
        return ByteBuffer.wrap(bytes, prompt.start(), Math.min(BEGINNING, prompt.end() - prompt.start())).hashCode();
    }

    /** About as many tokens as the prompt has, at four bytes each. */
    public long promptTokens() {
        Span prompt = prompt();
        return Math.ceilDiv(prompt.end() - prompt.start(), BYTES_OF_A_TOKEN);
    }

    /** How much it asks of a model, 0 to 10, as far as that can be guessed by its looks. Takes up to some hundred microseconds. */
    public int complexity() {
        return Complexity.of(this);
    }

    /** Tokens that the client lets each answer have; null: it does not say. */
    public @Nullable Long mostOutput() {
        return limits.values().stream().max(Long::compare).orElse(null);
    }

    Span prompt() {
        for (Field field : PROMPTS) {
            Span prompt = values.get(field);
            if (prompt != null) {
                return prompt;
            }
        }
        throw new IllegalStateException("a body without a prompt");
    }

    /** Where the field's value stands; null: it was not sent. */
    @Nullable Span at(Field field) {
        return values.get(field);
    }

    /** What to cut to take a limit field out; null: it was not sent. */
    @Nullable Span memberAt(Field field) {
        return members.get(field);
    }

    /** Whether the client says how long an answer may be. */
    public boolean isLimited() {
        return !limits.isEmpty();
    }

    /** What the client asked of a limit field; null: nothing, or null. */
    @Nullable Long limit(Field field) {
        return limits.get(field);
    }

    /** What does not go to the engine. */
    List<Span> left() {
        return left;
    }

    /** Where a member may be inserted, followed by a comma. */
    int firstMember() {
        return firstMember;
    }

    /**
     * @param includeUsage whether the client wants the last chunk with the usage
     * @param continuousUsage whether it wants usage with every chunk
     */
    public record StreamOptions(boolean includeUsage, boolean continuousUsage, @Nullable Span includeAt, @Nullable Span continuousAt, int firstMember, boolean empty) {

        /** Whatever there is. */
        public static final StreamOptions ALL = new StreamOptions(true, true, null, null, -1, true);

        static final StreamOptions NONE = new StreamOptions(false, false, null, null, -1, true);
    }
}
