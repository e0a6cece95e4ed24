package dev.penstock.bench.canary;

/** What of a call a canary is. */
public enum Kind {
    KEY("keys"),
    WRONG_KEY("wrong keys"),
    ENGINE_KEY("engine keys"),
    PROMPT("prompts"),
    ANSWER("answers"),
    TOOL("tool arguments"),
    HEADER("client headers"),
    /** Where a model, a path or a kind of content is named: an error tells its own caller what it does not know. */
    NAME("names"),
    /** Planted on purpose, to see whether it is found. */
    CONTROL("controls");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
