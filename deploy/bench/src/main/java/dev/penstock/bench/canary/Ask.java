package dev.penstock.bench.canary;

/**
 * What an engine was asked, and what it says to that, as vLLM writes it.
 *
 * @param key with which the gateway has identified itself
 */
record Ask(String path, boolean streamed, Words words, String key) {

    private static final String USAGE = "\"usage\":{\"prompt_tokens\":20,\"total_tokens\":22,\"completion_tokens\":2}";
    private static final String ID = "{\"id\":\"c\",\"created\":1700000000,\"model\":\"m\",";

    String whole() {
        return switch (path) {
            case "/v1/embeddings" -> ID + "\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5,0.25]}],\"usage\":{\"prompt_tokens\":20,\"total_tokens\":20}}";
            case "/v1/completions" -> ID + "\"object\":\"text_completion\",\"choices\":[{\"index\":0,\"text\":\"" + words.answer().text() + "\",\"finish_reason\":\"stop\"}]," + USAGE + "}";
            case "/tokenize" -> "{\"count\":20,\"max_model_len\":8192,\"tokens\":[1,2]}";
            default -> ID + "\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" + words.answer().text() + "\"," + call() + "},"
                    + "\"finish_reason\":\"tool_calls\"}]," + USAGE + "}";
        };
    }

    String chunk(int number) {
        String delta = number == 1 ? "\"role\":\"assistant\",\"content\":\"" + words.answer().text() + "\"" : "\"content\":\" " + words.answer().text() + "\"";
        return "data: " + ID + "\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{" + delta + "},\"finish_reason\":null}],"
                + USAGE.replace(":22,", ":" + (20 + number) + ",").replace("tokens\":2}", "tokens\":" + number + "}") + "}\n\n";
    }

    /** A call of a tool, and what all of it was. */
    String last() {
        return "data: " + ID + "\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{" + call() + "},\"finish_reason\":\"tool_calls\"}]," + USAGE + "}\n\n"
                + "data: " + ID + "\"object\":\"chat.completion.chunk\",\"choices\":[]," + USAGE + "}\n\n";
    }

    /** As bad as it gets: it quotes what it was asked and with which key, and what it wanted to say. */
    String error() {
        return "{\"error\":{\"message\":\"cannot do '" + words.prompt().text() + "' with " + words.tool().text() + ", thought of " + words.answer().text() + ", for " + key
                + "\",\"type\":\"" + words.answer().text() + "\",\"code\":400}}";
    }

    private String call() {
        return "\"tool_calls\":[{\"index\":0,\"id\":\"t2\",\"type\":\"function\",\"function\":{\"name\":\"look\",\"arguments\":\"{\\\"a\\\": \\\"" + words.tool().text() + "\\\"}\"}}]";
    }
}
