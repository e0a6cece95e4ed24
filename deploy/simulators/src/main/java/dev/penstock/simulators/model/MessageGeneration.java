package dev.penstock.simulators.model;

import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.http.BodySink;
import dev.penstock.simulators.http.Exchange;
import dev.penstock.simulators.model.MessageReading.MessageAsk;
import dev.penstock.simulators.model.ModelLog.Account;
import dev.penstock.simulators.model.ModelLog.State;
import dev.penstock.simulators.model.fault.Trouble;
import dev.penstock.simulators.model.fault.UsageLie;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One call of Messages, from its place in the queue to its last event. */
final class MessageGeneration {

    /** Tokens of a block of the cache; what is less at the end of a prompt is not kept. */
    private static final int BLOCK = 16;

    private final Engine engine;
    private final MessageAsk ask;
    private final String id;
    private final Account account;
    private final Trouble trouble;
    private final Presence presence;
    private final Delivery delivery;
    private long written;
    private long read;
    private int usagesTold;

    MessageGeneration(Engine engine, MessageAsk ask, String id, Account account, Trouble trouble, Exchange exchange) {
        this.engine = engine;
        this.ask = ask;
        this.id = id;
        this.account = account;
        this.trouble = trouble;
        this.presence = Presence.of(exchange);
        this.delivery = new Delivery(exchange, presence, trouble);
    }

    /** Runs the call to its end, whichever that is; what was produced until then stands in the account. */
    void run() throws IOException, InterruptedException {
        try {
            engine.seats().take(presence);
            try {
                presence.pause(engine.pace().firstToken().plus(trouble.beforeFirst()));
                read();
                if (ask.stream()) {
                    stream();
                } else {
                    inOnePiece();
                }
            } finally {
                engine.seats().giveBack();
            }
        } catch (Delivery.Broken broken) {
            account.end(State.FAILED, 200);
            throw broken;
        } catch (IOException gone) {
            account.end(State.ABORTED, 200);
            throw gone;
        }
    }

    private void read() {
        int prompt = ask.prompt().tokens();
        if (ask.caches()) {
            read = engine.prefixes().read(ask.prompt(), "");
            written = prompt / BLOCK * BLOCK - read;
        }
        engine.metrics().promptTokens.add(prompt);
        account.read(prompt, (int) read);
    }

    private void inOnePiece() throws IOException, InterruptedException {
        for (int step = 0; step < ask.script().pieces().size(); step++) {
            produce(step);
        }
        ObjectNode message = message();
        ArrayNode content = message.putArray("content");
        String tool = ask.script().text(Piece.Kind.TOOL);
        if (tool.isEmpty()) {
            content.addObject().put("type", "text").put("text", ask.script().text(Piece.Kind.CONTENT));
        } else {
            use(content.addObject(), tool).set("input", Json.MAPPER.readTree(orNothing(ask.script().text(Piece.Kind.ARGUMENTS))));
        }
        stop(message);
        tellUsage(message);
        presence.check();
        if (trouble.faults().isEmpty()) {
            account.end(State.FINISHED, 200);
        }
        delivery.whole(message);
        account.end(State.FINISHED, 200);
    }

    private void stream() throws IOException, InterruptedException {
        BodySink sink = delivery.begin();
        ObjectNode begun = message();
        begun.putArray("content");
        begun.putNull("stop_reason").putNull("stop_sequence");
        tellUsage(begun);
        delivery.event(sink, Json.object().put("type", "message_start").set("message", begun));
        delivery.event(sink, Json.object().put("type", "ping"));
        say(sink);
        delivery.event(sink, counted());
        if (lie() == UsageLie.TWICE || lie() == UsageLie.CHANGING) {
            delivery.event(sink, counted());
        }
        // Before the end is told: who has heard it finds it in the account.
        account.end(State.FINISHED, 200);
        if (!trouble.withholdsDone()) {
            delivery.event(sink, Json.object().put("type", "message_stop"));
        }
        sink.close();
    }

    private void say(BodySink sink) throws IOException, InterruptedException {
        List<Piece> pieces = ask.script().pieces();
        boolean open = false;
        for (int step = 0; step < pieces.size(); step++) {
            Piece piece = pieces.get(step);
            produce(step);
            if (!open) {
                open = true;
                ObjectNode block = Json.object();
                if (piece.kind() == Piece.Kind.TOOL) {
                    use(block, piece.text()).putObject("input");
                } else {
                    block.put("type", "text").put("text", "");
                }
                delivery.event(sink, at("content_block_start").set("content_block", block));
            }
            switch (piece.kind()) {
                case CONTENT -> delta(sink, Json.object().put("type", "text_delta").put("text", piece.text()));
                case ARGUMENTS -> delta(sink, Json.object().put("type", "input_json_delta").put("partial_json", piece.text()));
                case THOUGHT, TOOL, END -> {
                    // Nothing more to see.
                }
            }
        }
        if (open) {
            delivery.event(sink, at("content_block_stop"));
        }
    }

    private void delta(BodySink sink, ObjectNode delta) throws IOException, InterruptedException {
        delivery.event(sink, at("content_block_delta").set("delta", delta));
    }

    private static ObjectNode at(String type) {
        return Json.object().put("type", type).put("index", 0);
    }

    private ObjectNode counted() {
        ObjectNode event = Json.object().put("type", "message_delta");
        stop(event.putObject("delta"));
        tellUsage(event);
        return event;
    }

    private ObjectNode use(ObjectNode block, String tool) {
        return block.put("type", "tool_use").put("id", "toolu_" + id).put("name", tool);
    }

    /** Counted before it can be read by anybody: an account never knows less than a caller. */
    private void produce(int step) throws IOException, InterruptedException {
        Duration pause = engine.pace().perToken().plus(trouble.perToken());
        if (step > 0 && pause.isPositive()) {
            presence.pause(pause);
        }
        presence.check();
        account.produced();
        engine.metrics().generationTokens.increment();
    }

    private void tellUsage(ObjectNode to) {
        if (lie() != UsageLie.ABSENT) {
            ModelLog.Entry used = account.entry();
            to.set("usage", new MessageTally(used.prompt() - written - read, written, read, used.completion()).told(lie(), usagesTold++));
        }
    }

    private @Nullable UsageLie lie() {
        return trouble.usage().orElse(null);
    }

    private ObjectNode message() {
        return Json.object().put("id", "msg_" + id).put("type", "message").put("role", "assistant").put("model", engine.settings().servedModelName());
    }

    private void stop(ObjectNode to) {
        String sequence = ask.script().stopReason();
        to.put("stop_reason", sequence != null ? "stop_sequence" : switch (ask.script().finish()) {
            case "length" -> "max_tokens";
            case "tool_calls" -> "tool_use";
            default -> "end_turn";
        }).put("stop_sequence", sequence);
    }

    /** What was cut off by the limit is no JSON. */
    private static String orNothing(String arguments) {
        try {
            return Json.MAPPER.readTree(arguments).isObject() ? arguments : "{}";
        } catch (tools.jackson.core.JacksonException cut) {
            return "{}";
        }
    }
}
