package dev.penstock.quota.gateway.wire;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The most tokens that one attempt can cost.
 *
 * @param input of the prompt; all inputs together
 * @param output of all answers together
 * @param perAnswer what is written into the forwarded body as the limit of each answer, where the client's own is none or beyond the model's;
 *     0 for operations that generate nothing
 */
public record TokenBounds(long input, long output, long perAnswer) {

    /** What a template adds around a message, a tool or an input: its role, its separators, the words that introduce tools. */
    static final long PER_ITEM = 64;

    /** What a template adds once: a default system prompt, a date, the beginning of the answer. */
    static final long PER_CALL = 512;

    /**
     * What a template adds around a question and one of its documents: cross-encoders separate the two with four tokens, a language model that
     * ranks is told in some eighty what it is to do.
     */
    static final long PER_PAIR = 128;

    /**
     * What Anthropic adds beyond that where there are tools, or an answer by a schema: a system prompt of theirs, of which they name 159 to 530 tokens by model and
     * choice of a tool. Like everything else it is capped by the context.
     */
    static final long PER_MESSAGE_CALL = 1_024;

    /** What OpenAI's interface says of completions, and engines keep: who says nothing gets no more. */
    static final long COMPLETION_IF_UNSAID = 16;

    /** A byte of the body is a byte of the prompt or less: an escape is longer than what it stands for. */
    public static TokenBounds of(Operation operation, CallBody body, ModelFacts facts) {
        if (!operation.isCharged()) {
            return new TokenBounds(0, 0, 0);
        }
        long prompts = operation.takesSeveralPrompts() ? Math.max(1, body.inputs()) : 1;
        long most = Math.multiplyExact(prompts, facts.contextTokens());
        Integer perByte = facts.maxTokensPerByte();
        long input = perByte == null || body.unbounded() ? most : Math.min(most, bytes(operation, body) * perByte + around(operation, body));
        if (!operation.generates()) {
            return new TokenBounds(input, 0, 0);
        }
        long ceiling = Math.min(facts.maxOutputTokens(), Math.max(facts.contextTokens() - input, facts.contextTokens() / 4));
        long perAnswer = operation.limits().stream()
                .map(body::limit)
                .filter(Objects::nonNull)
                .mapToLong(asked -> written(asked, ceiling, facts))
                .max()
                .orElse(operation == Operation.COMPLETIONS ? Math.min(ceiling, COMPLETION_IF_UNSAID) : ceiling);
        return new TokenBounds(input, Math.multiplyExact(Math.multiplyExact(perAnswer, body.choices()), prompts), perAnswer);
    }

    /**
     * Tools count twice: templates write them out anew, some of them indented. What is not a document is read with each of them: the question, and
     * whatever else a template may say.
     */
    private static long bytes(Operation operation, CallBody body) {
        if (operation == Operation.RERANK) {
            long documents = length(body.at(Field.DOCUMENTS));
            return Math.addExact(documents, Math.multiplyExact(body.inputs(), body.length() - documents));
        }
        return (long) body.length() + length(body.at(Field.TOOLS)) + length(body.at(Field.FUNCTIONS));
    }

    private static long around(Operation operation, CallBody body) {
        return operation == Operation.RERANK ? body.inputs() * PER_PAIR : body.items() * PER_ITEM + PER_CALL + (operation == Operation.MESSAGES ? PER_MESSAGE_CALL : 0);
    }

    private static long length(@Nullable Span value) {
        return value == null ? 0 : value.end() - value.start();
    }

    /**
     * What the client asked for, as far as the model goes. Engines refuse a limit that does not fit behind the prompt. So where the number is
     * ours to choose it is one that fits for certain, or a quarter of the context: then only the longest prompts are refused, and the
     * engine's message says what to do.
     */
    static long written(long asked, long ceiling, ModelFacts facts) {
        return asked <= facts.maxOutputTokens() ? asked : ceiling;
    }
}
