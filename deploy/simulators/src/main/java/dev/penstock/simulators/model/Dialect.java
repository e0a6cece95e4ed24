package dev.penstock.simulators.model;

import dev.penstock.simulators.cluster.tree.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The two shapes generated text has: answers in a conversation, and texts that go on. */
sealed interface Dialect {

    /** What an answer in one piece says it is, and what an event of a stream does. */
    String idPrefix();

    String wholeObject();

    String eventObject();

    /** What a stream says of each answer before its first token; null when nothing. */
    @Nullable ObjectNode opening(int index);

    /** The entry of an event that tells of one token; with the last one, why it was the last. */
    ObjectNode token(int index, Piece piece, @Nullable Script ended);

    /** The entry of an answer in one piece. */
    ObjectNode whole(int index, Script script);

    /** Entries have members of the same names and meanings at their end. */
    private static ObjectNode ending(ObjectNode choice, @Nullable Script ended) {
        choice.putNull("logprobs").put("finish_reason", ended == null ? null : ended.finish());
        return choice.put("stop_reason", ended == null ? null : ended.stopReason());
    }

    /**
     * {@code /v1/chat/completions}.
     *
     * @param call the call's id, by which tool calls of one conversation are told apart
     */
    record Chat(String call) implements Dialect {

        @Override
        public String idPrefix() {
            return "chatcmpl-";
        }

        @Override
        public String wholeObject() {
            return "chat.completion";
        }

        @Override
        public String eventObject() {
            return "chat.completion.chunk";
        }

        @Override
        public ObjectNode opening(int index) {
            ObjectNode choice = Json.object().put("index", index);
            choice.putObject("delta").put("role", "assistant").put("content", "");
            return choice.putNull("logprobs").putNull("finish_reason");
        }

        @Override
        public ObjectNode token(int index, Piece piece, @Nullable Script ended) {
            ObjectNode choice = Json.object().put("index", index);
            ObjectNode delta = choice.putObject("delta");
            switch (piece.kind()) {
                case THOUGHT -> delta.put("reasoning_content", piece.text());
                case CONTENT -> delta.put("content", piece.text());
                case TOOL -> call(delta.putArray("tool_calls").addObject().put("index", 0), index)
                        .put("name", piece.text()).put("arguments", "");
                case ARGUMENTS -> delta.putArray("tool_calls").addObject().put("index", 0).putObject("function")
                        .put("arguments", piece.text());
                case END -> {
                    if (ended == null || !ended.finish().equals("tool_calls")) {
                        delta.put("content", "");
                    }
                }
            }
            return ending(choice, ended);
        }

        @Override
        public ObjectNode whole(int index, Script script) {
            ObjectNode choice = Json.object().put("index", index);
            ObjectNode message = choice.putObject("message").put("role", "assistant");
            String thoughts = script.text(Piece.Kind.THOUGHT);
            if (!thoughts.isEmpty()) {
                message.put("reasoning_content", thoughts);
            }
            String tool = script.text(Piece.Kind.TOOL);
            if (tool.isEmpty()) {
                message.put("content", script.text(Piece.Kind.CONTENT)).putArray("tool_calls");
            } else {
                call(message.putNull("content").putArray("tool_calls").addObject(), index).put("name", tool)
                        .put("arguments", script.text(Piece.Kind.ARGUMENTS));
            }
            return ending(choice, script);
        }

        private ObjectNode call(ObjectNode entry, int index) {
            entry.put("id", "chatcmpl-tool-" + call + "-" + index).put("type", "function");
            return entry.putObject("function");
        }
    }

    /**
     * {@code /v1/completions}.
     *
     * @param echoed the prompts, when they are to be repeated before what follows them
     * @param choices how many answers each prompt has
     */
    record Completion(List<String> echoed, int choices) implements Dialect {

        public Completion {
            echoed = List.copyOf(echoed);
        }

        @Override
        public String idPrefix() {
            return "cmpl-";
        }

        @Override
        public String wholeObject() {
            return "text_completion";
        }

        @Override
        public String eventObject() {
            return "text_completion";
        }

        @Override
        public @Nullable ObjectNode opening(int index) {
            return echoed.isEmpty() ? null : ending(Json.object().put("index", index).put("text", echo(index)), null);
        }

        @Override
        public ObjectNode token(int index, Piece piece, @Nullable Script ended) {
            return ending(Json.object().put("index", index).put("text", piece.text()), ended);
        }

        @Override
        public ObjectNode whole(int index, Script script) {
            return ending(Json.object().put("index", index)
                    .put("text", echo(index) + script.text(Piece.Kind.CONTENT)), script);
        }

        private String echo(int index) {
            return echoed.isEmpty() ? "" : echoed.get(index / choices);
        }
    }
}
