package dev.penstock.simulators.model;

import java.util.List;

/**
 * What a caller wants generated, checked, with the answers it will get.
 *
 * @param prompts what is read, one for each answer to it
 * @param scripts the answers, by their index
 * @param usage how usage is told in a stream
 */
record Ask(Dialect dialect, List<Prompt> prompts, List<Script> scripts, boolean stream, StreamUsage usage, String cacheSalt) {

    /** How often a stream tells usage. */
    enum StreamUsage {
        NEVER, LAST, ALWAYS
    }

    Ask {
        prompts = List.copyOf(prompts);
        scripts = List.copyOf(scripts);
    }

    /** The usage a stream is to tell, as {@code stream_options} asks for it. */
    static StreamUsage usageOf(Fields body, boolean stream) {
        if (body.has("stream_options") && !stream) {
            throw ModelFailure.malformed("1 validation error: Stream options can only be defined when `stream=True`.");
        }
        Fields options = body.within("stream_options");
        if (!options.flag("include_usage", false)) {
            return StreamUsage.NEVER;
        }
        return options.flag("continuous_usage_stats", false) ? StreamUsage.ALWAYS : StreamUsage.LAST;
    }
}
