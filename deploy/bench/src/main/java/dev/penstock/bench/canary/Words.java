package dev.penstock.bench.canary;

import java.util.Set;

/** What one call carries. */
record Words(Canary prompt, Canary answer, Canary tool, Canary header, Canary name) {

    static Words mint(Flock flock) {
        return new Words(flock.mint(Kind.PROMPT), flock.mint(Kind.ANSWER), flock.mint(Kind.TOOL), flock.mint(Kind.HEADER), flock.mint(Kind.NAME));
    }

    /** That belong to no call. */
    static Words controls(Flock flock) {
        return new Words(
                flock.mint(Kind.CONTROL), flock.mint(Kind.CONTROL), flock.mint(Kind.CONTROL), flock.mint(Kind.CONTROL), flock.mint(Kind.CONTROL));
    }

    /** What an answer may say to who asked for it. */
    Set<Canary> said() {
        return Set.of(prompt, answer, tool);
    }

    /** What an error may say to who made the call: what it calls by a name, and what an engine says of itself. */
    Set<Canary> toldOfErrors() {
        return Set.of(name, answer);
    }

    /** @param template with P in the place of the prompt, T of a tool's arguments, H of a header and N of a name, each between braces */
    String in(String template) {
        return template.replace("{P}", prompt.text()).replace("{T}", tool.text()).replace("{H}", header.text()).replace("{N}", name.text());
    }
}
