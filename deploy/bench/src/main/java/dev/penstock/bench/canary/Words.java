package dev.penstock.bench.canary;

import java.util.Set;

/** What one call carries. */
record Words(Canary prompt, Canary answer, Canary tool, Canary header) {

    static Words mint(Flock flock) {
        return new Words(flock.mint(Kind.PROMPT), flock.mint(Kind.ANSWER), flock.mint(Kind.TOOL), flock.mint(Kind.HEADER));
    }

    /** That belong to no call. */
    static Words controls(Flock flock) {
        return new Words(flock.mint(Kind.CONTROL), flock.mint(Kind.CONTROL), flock.mint(Kind.CONTROL), flock.mint(Kind.CONTROL));
    }

    /** What an answer may say to who asked for it. */
    Set<Canary> said() {
        return Set.of(prompt, answer, tool);
    }

    /** @param template with P in the place of the prompt and T of a tool's arguments, both between braces */
    String in(String template) {
        return template.replace("{P}", prompt.text()).replace("{T}", tool.text()).replace("{H}", header.text());
    }
}
