package dev.penstock.quota.gateway.wire;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** For translations alone. How trees are read and written: numbers as they stand there, and no member twice. */
public final class Trees {

    public static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Of server-sent events. What else ends a line elsewhere may stand within what a model says. */
    public static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");

    private Trees() {}

    /**
     * What a message of chat completions, or a piece of one, says that the model thought; null: nothing. Under the name that DeepSeek gave it and vLLM
     * and SGLang took over, or the newer one.
     */
    public static @Nullable String thought(JsonNode message) {
        String thought = message.path("reasoning_content").asString(message.path("reasoning").asString(""));
        return thought.isEmpty() ? null : thought;
    }
}
