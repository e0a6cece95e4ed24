package dev.penstock.quota.gateway.wire;

import dev.penstock.quota.gateway.wire.CallBody.StreamOptions;
import dev.penstock.quota.gateway.wire.JsonCursor.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads of a call's body what must be known to bound it, and refuses what cannot be bounded. A field that we read and that stands twice is
 * refused: which of the two counts is decided differently by different readers, and what was reserved must be what is served.
 */
public final class BodyReader {

    private static final byte[] INCLUDE_USAGE = JsonText.ascii("include_usage");
    private static final byte[] CONTINUOUS_USAGE = JsonText.ascii("continuous_usage_stats");

    private final int mostChoices;
    private final int mostDocuments;

    /**
     * @param mostChoices the most answers to one prompt
     * @param mostDocuments the most that one call ranks: the question is read again with each of them
     */
    public BodyReader(int mostChoices, int mostDocuments) {
        this.mostChoices = mostChoices;
        this.mostDocuments = mostDocuments;
    }

    /** What is gathered on the way. */
    static final class Findings {
        final Map<Field, Span> values = new EnumMap<>(Field.class);
        final Map<Field, Long> limits = new EnumMap<>(Field.class);
        final List<Span> left = new ArrayList<>();
        @Nullable String model;
        boolean stream;
        StreamOptions options = StreamOptions.NONE;
        int choices = 1;
        int items;
        int inputs;
        boolean unbounded;
        int firstMember;
        /** What to cut to take a field out, a comma of its included. */
        final Map<Field, Span> members = new EnumMap<>(Field.class);
        private @Nullable Field first;

        /** The first member takes the comma behind it along, if there is one, others the one before them. */
        void member(Field field, int key, int comma, int end) {
            members.put(field, new Span(comma < 0 ? key : comma, end));
            first = comma < 0 ? field : null;
        }

        /** @param comma before the member that comes now */
        void endFirst(int comma) {
            if (first != null) {
                members.computeIfPresent(first, (field, at) -> new Span(at.start(), comma + 1));
                first = null;
            }
        }
    }

    /** @throws Refusal 400, saying what is wrong with which field */
    public CallBody read(Operation operation, byte[] bytes) {
        Findings found = new Findings();
        try {
            JsonCursor cursor = new JsonCursor(bytes);
            if (cursor.next() != Kind.OBJECT) {
                throw invalid(null, "The body must be a JSON object.");
            }
            found.firstMember = cursor.position() + 1;
            for (boolean more = cursor.enterObject(); more; more = cursor.moreMembers()) {
                member(operation, cursor, found);
            }
            cursor.finish();
        } catch (MalformedJson e) {
            throw invalid(null, "We could not read the body as JSON: " + e.getMessage() + ".");
        }
        if (found.model == null) {
            throw invalid("model", "You must name a model.");
        }
        for (Field prompt : operation.prompt()) {
            if (!found.values.containsKey(prompt)) {
                throw invalid(prompt.text(), "`" + prompt.text() + "` is missing.");
            }
        }
        if (found.stream && !operation.streams()) {
            throw invalid("stream", "`stream` may not be true: an answer of " + operation.path() + " comes in one piece.");
        }
        return new CallBody(found, bytes, found.model);
    }

    private void member(Operation operation, JsonCursor cursor, Findings found) {
        Field field = Field.at(cursor, operation);
        int key = cursor.keyAt();
        int comma = cursor.commaAt();
        found.endFirst(comma);
        Kind kind = cursor.next();
        if (field == null) {
            cursor.skip();
            return;
        }
        int start = cursor.position();
        switch (field) {
            case MODEL -> found.model = model(cursor, kind);
            case STREAM -> found.stream = flag(cursor, kind, field.text());
            case STREAM_OPTIONS -> found.options = options(cursor, kind);
            case MAX_TOKENS, MAX_COMPLETION_TOKENS -> limit(cursor, kind, field, found);
            case N, BEST_OF -> found.choices = Math.max(found.choices, choices(operation, cursor, kind, field));
            case MESSAGES -> messages(operation, cursor, kind, found);
            case TOOLS, FUNCTIONS -> tools(operation, cursor, kind, field, found);
            case INPUT, PROMPT -> texts(cursor, kind, field, found);
            case QUERY -> query(cursor, kind);
            case DOCUMENTS -> found.inputs = Documents.read(cursor, kind, mostDocuments, found.left);
            case CHAT_TEMPLATE, CHAT_TEMPLATE_KWARGS, MM_PROCESSOR_KWARGS -> {
                cursor.skip();
                found.unbounded |= kind != Kind.NULL;
            }
            case CACHE_SALT -> cursor.skip();
            case STORE, BACKGROUND -> {
                if (flag(cursor, kind, field.text())) {
                    throw notOffered(field);
                }
            }
            case PREVIOUS_RESPONSE_ID, CONVERSATION, WEB_SEARCH_OPTIONS, CONTAINER, MCP_SERVERS -> {
                cursor.skip();
                if (kind != Kind.NULL) {
                    throw notOffered(field);
                }
            }
        }
        if (found.values.put(field, new Span(start, cursor.position())) != null) {
            throw invalid(field.text(), "`" + field.text() + "` stands twice.");
        }
        if (field == Field.MAX_TOKENS || field == Field.MAX_COMPLETION_TOKENS) {
            found.member(field, key, comma, cursor.position());
        }
    }

    private static String model(JsonCursor cursor, Kind kind) {
        if (kind != Kind.STRING) {
            throw invalid("model", "`model` must be a string.");
        }
        return cursor.decode(cursor.string());
    }

    private static boolean flag(JsonCursor cursor, Kind kind, String name) {
        cursor.skip();
        return switch (kind) {
            case TRUE -> true;
            case FALSE, NULL -> false;
            case OBJECT, ARRAY, STRING, NUMBER -> throw invalid(name, "`" + name + "` must be true or false.");
        };
    }

    private static StreamOptions options(JsonCursor cursor, Kind kind) {
        if (kind == Kind.NULL) {
            cursor.skip();
            return StreamOptions.NONE;
        }
        if (kind != Kind.OBJECT) {
            throw invalid("stream_options", "`stream_options` must be an object.");
        }
        int firstMember = cursor.position() + 1;
        @Nullable Span include = null;
        @Nullable Span continuous = null;
        boolean includeUsage = false;
        boolean continuousUsage = false;
        boolean empty = true;
        for (boolean more = cursor.enterObject(); more; more = cursor.moreMembers()) {
            empty = false;
            boolean isInclude = cursor.keyIs(INCLUDE_USAGE);
            boolean isContinuous = cursor.keyIs(CONTINUOUS_USAGE);
            Kind value = cursor.next();
            int start = cursor.position();
            if (!isInclude && !isContinuous) {
                cursor.skip();
                continue;
            }
            boolean wanted = flag(cursor, value, isInclude ? "stream_options.include_usage" : "stream_options.continuous_usage_stats");
            if ((isInclude ? include : continuous) != null) {
                throw invalid("stream_options", "A field of `stream_options` stands twice.");
            }
            Span at = new Span(start, cursor.position());
            if (isInclude) {
                include = at;
                includeUsage = wanted;
            } else {
                continuous = at;
                continuousUsage = wanted;
            }
        }
        return new StreamOptions(includeUsage, continuousUsage, include, continuous, firstMember, empty);
    }

    private static void limit(JsonCursor cursor, Kind kind, Field field, Findings found) {
        if (kind == Kind.NULL) {
            cursor.skip();
            return;
        }
        if (kind != Kind.NUMBER) {
            throw notANumber(field);
        }
        found.limits.put(field, positive(cursor, field));
    }

    private int choices(Operation operation, JsonCursor cursor, Kind kind, Field field) {
        if (kind == Kind.NULL) {
            cursor.skip();
            return 1;
        }
        if (kind != Kind.NUMBER) {
            throw notANumber(field);
        }
        long asked = positive(cursor, field);
        if (asked > 1 && operation == Operation.MESSAGES) {
            throw invalid(field.text(), "`" + field.text() + "` may be 1 at most: a message is one answer.");
        }
        if (asked > mostChoices) {
            throw invalid(field.text(), "`" + field.text() + "` may be " + mostChoices + " at most.");
        }
        return (int) asked;
    }

    private static long positive(JsonCursor cursor, Field field) {
        long asked = cursor.wholeNumber().orElseThrow(() -> notANumber(field));
        if (asked < 1) {
            throw invalid(field.text(), "`" + field.text() + "` must be 1 or more.");
        }
        return asked;
    }

    private static void messages(Operation operation, JsonCursor cursor, Kind kind, Findings found) {
        if (kind != Kind.ARRAY) {
            throw invalid("messages", "`messages` must be a list.");
        }
        for (boolean more = cursor.enterArray(); more; more = cursor.moreElements()) {
            found.items++;
            if (cursor.next() == Kind.OBJECT) {
                found.unbounded |= !(operation == Operation.MESSAGES ? Blocks.areText(cursor) : Content.isText(cursor));
            } else {
                cursor.skip();
            }
        }
    }

    private static void tools(Operation operation, JsonCursor cursor, Kind kind, Field field, Findings found) {
        if (kind == Kind.NULL) {
            cursor.skip();
            return;
        }
        if (kind != Kind.ARRAY) {
            throw invalid(field.text(), "`" + field.text() + "` must be a list.");
        }
        for (boolean more = cursor.enterArray(); more; more = cursor.moreElements()) {
            found.items++;
            if (cursor.next() != Kind.OBJECT) {
                cursor.skip();
            } else if (operation == Operation.MESSAGES) {
                found.unbounded |= tool(cursor) == Blocks.Tool.THEIRS;
            } else if (!Content.isFunction(cursor)) {
                throw invalid(field.text(), "Only tools of the type `function` are offered; those that a server runs by itself are not.");
            }
        }
    }

    private static Blocks.Tool tool(JsonCursor cursor) {
        Blocks.Tool tool = Blocks.tool(cursor);
        if (tool == Blocks.Tool.RUN_BY_THE_SERVER) {
            throw invalid("tools", "Only tools that the client runs are offered; those that a server runs by itself are not.");
        }
        return tool;
    }

    /** One text, one list of token numbers, or a list of either. */
    private static void texts(JsonCursor cursor, Kind kind, Field field, Findings found) {
        if (kind == Kind.STRING) {
            cursor.skip();
            found.items++;
            found.inputs = 1;
            return;
        }
        if (kind != Kind.ARRAY) {
            throw invalid(field.text(), "`" + field.text() + "` must be a string or a list.");
        }
        boolean tokens = false;
        for (boolean more = cursor.enterArray(); more; more = cursor.moreElements()) {
            Kind element = cursor.next();
            found.unbounded |= element == Kind.OBJECT;
            cursor.skip();
            if (element == Kind.NUMBER) {
                tokens = true;
            } else {
                found.inputs++;
            }
        }
        found.inputs += tokens ? 1 : 0;
        found.items += found.inputs;
    }

    private static void query(JsonCursor cursor, Kind kind) {
        if (kind != Kind.STRING) {
            throw invalid("query", "`query` must be a string.");
        }
        cursor.skip();
    }

    private static Refusal notANumber(Field field) {
        return invalid(field.text(), "`" + field.text() + "` must be a whole number.");
    }

    private static Refusal notOffered(Field field) {
        return invalid(field.text(), "`" + field.text() + "` is not offered: nothing is kept between calls, and nothing is run beside the model.");
    }

    private static Refusal invalid(@Nullable String param, String message) {
        return new Refusal(OpenAiError.invalid(param, message));
    }
}
