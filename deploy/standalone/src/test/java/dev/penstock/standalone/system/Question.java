package dev.penstock.standalone.system;

import java.util.SplittableRandom;

/** One of the things people ask. */
record Question(String path, String body) {

    private static final String CHAT = "/v1/chat/completions";
    private static final int MOST_WORDS = 30;
    private static final int SHORT_ANSWER = 12;
    private static final int LONG_ANSWER = 150;

    static Question any(SplittableRandom random) {
        String words = "water ".repeat(random.nextInt(1, MOST_WORDS));
        return switch (random.nextInt(10)) {
            case 0, 1 -> new Question("/v1/embeddings", """
                    {"model": "%s", "input": ["%s", "more"]}""".formatted(Lab.EMBEDDINGS, words));
            case 2, 3 -> chat(words, random.nextInt(1, SHORT_ANSWER + 1), "");
            case 4, 5 -> chat(words, random.nextInt(1, SHORT_ANSWER + 1), """
                    , "stream": true, "stream_options": {"include_usage": true}""");
            case 6, 7 -> chat(words, random.nextInt(1, SHORT_ANSWER + 1), """
                    , "stream": true""");
            default -> stream(words, random.nextInt(SHORT_ANSWER, LONG_ANSWER + 1));
        };
    }

    /** A stream of exactly so many tokens. */
    static Question stream(String words, int tokens) {
        return chat(words, tokens, """
                , "stream": true, "ignore_eos": true""");
    }

    private static Question chat(String words, int most, String further) {
        return new Question(CHAT, """
                {"model": "%s", "messages": [{"role": "user", "content": "%s"}], "max_tokens": %d%s}""".formatted(Lab.CHAT, words, most, further));
    }
}
