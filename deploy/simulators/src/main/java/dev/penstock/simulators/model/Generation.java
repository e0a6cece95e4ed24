package dev.penstock.simulators.model;

import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.http.BodySink;
import dev.penstock.simulators.http.Exchange;
import dev.penstock.simulators.model.Ask.StreamUsage;
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

/** One call for text, from its place in the queue to its last token. */
final class Generation {

    private final Engine engine;
    private final Ask ask;
    private final String id;
    private final Account account;
    private final Trouble trouble;
    private final Presence presence;
    private final Delivery delivery;
    private int usagesTold;
    private int thought;

    Generation(Engine engine, Ask ask, String id, Account account, Trouble trouble, Exchange exchange) {
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
        long came = System.nanoTime();
        try {
            // 1. A place among the calls that run.
            engine.seats().take(presence);
            try {
                engine.metrics().queueing.observe(since(came));
                // 2. The prompt is read.
                presence.pause(engine.pace().firstToken().plus(trouble.beforeFirst()));
                read();
                engine.metrics().firstToken.observe(since(came));
                // 3. Token by token.
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
            engine.metrics().ended("abort");
            throw gone;
        } finally {
            engine.metrics().wholeRequest.observe(since(came));
            engine.metrics().hold(-account.entry().prompt() - account.entry().completion());
        }
    }

    private void read() {
        int prompt = ask.prompts().stream().mapToInt(Prompt::tokens).sum();
        int cached = engine.readPrompts(ask.prompts(), ask.cacheSalt());
        engine.metrics().hold(prompt);
        account.read(prompt, cached);
    }

    private void inOnePiece() throws IOException, InterruptedException {
        for (int step = 0; step < steps(); step++) {
            pace(step);
            for (int index = 0; index < ask.scripts().size(); index++) {
                if (step < ask.scripts().get(index).pieces().size()) {
                    produce(index, step);
                }
            }
        }
        ObjectNode answer = envelope(ask.dialect().wholeObject());
        ArrayNode choices = answer.putArray("choices");
        for (int index = 0; index < ask.scripts().size(); index++) {
            choices.add(ask.dialect().whole(index, ask.scripts().get(index)));
            engine.metrics().ended(reason(ask.scripts().get(index)));
        }
        tellUsage(answer);
        presence.check();
        if (trouble.faults().isEmpty()) {
            account.end(State.FINISHED, 200);
        }
        delivery.whole(answer);
        account.end(State.FINISHED, 200);
    }

    private void stream() throws IOException, InterruptedException {
        BodySink sink = delivery.begin();
        for (int index = 0; index < ask.scripts().size(); index++) {
            ObjectNode opening = ask.dialect().opening(index);
            if (opening != null) {
                delivery.event(sink, event(opening));
            }
        }
        for (int step = 0; step < steps(); step++) {
            pace(step);
            for (int index = 0; index < ask.scripts().size(); index++) {
                say(sink, index, step);
            }
        }
        if (ask.usage() != StreamUsage.NEVER && lie() != UsageLie.ABSENT) {
            delivery.event(sink, lastUsage());
            if (lie() == UsageLie.TWICE || lie() == UsageLie.CHANGING) {
                delivery.event(sink, lastUsage());
            }
        }
        // Before the end is told: who has heard it finds it in the account.
        account.end(State.FINISHED, 200);
        delivery.done(sink);
    }

    private void say(BodySink sink, int index, int step) throws IOException, InterruptedException {
        Script script = ask.scripts().get(index);
        if (step < script.pieces().size()) {
            boolean last = step == script.pieces().size() - 1;
            produce(index, step);
            delivery.event(sink, event(ask.dialect().token(index, script.pieces().get(step), last ? script : null)));
            if (last) {
                engine.metrics().ended(reason(script));
            }
        }
    }

    /**
     * Counted before it can be read by anybody: an account never knows less than a caller. With the first token of each answer vLLM counts the
     * prompt, and so once more for each further answer to the same one.
     */
    private void produce(int index, int step) throws IOException {
        presence.check();
        account.produced();
        if (ask.scripts().get(index).pieces().get(step).kind() == Piece.Kind.THOUGHT) {
            thought++;
        }
        if (step == 0) {
            engine.metrics().promptTokens.add(ask.prompts().get(index * ask.prompts().size() / ask.scripts().size()).tokens());
        }
        engine.metrics().generationTokens.increment();
        engine.metrics().hold(1);
    }

    private void pace(int step) throws IOException, InterruptedException {
        Duration pause = engine.pace().perToken().plus(trouble.perToken());
        if (step > 0 && pause.isPositive()) {
            presence.pause(pause);
        }
        if (step > 0) {
            engine.metrics().interToken.observe(pause);
        }
    }

    private ObjectNode event(ObjectNode choice) {
        ObjectNode event = envelope(ask.dialect().eventObject());
        event.putArray("choices").add(choice);
        if (ask.usage() == StreamUsage.ALWAYS) {
            tellUsage(event);
        }
        return event;
    }

    private ObjectNode lastUsage() {
        ObjectNode event = envelope(ask.dialect().eventObject());
        event.putArray("choices");
        tellUsage(event);
        return event;
    }

    private void tellUsage(ObjectNode answer) {
        if (lie() != UsageLie.ABSENT) {
            ModelLog.Entry used = account.entry();
            answer.set("usage", new Tally(used.prompt(), used.cached(), used.completion(), thought)
                    .told(engine.settings().promptTokensDetails(), lie(), usagesTold++));
        }
    }

    private @Nullable UsageLie lie() {
        return trouble.usage().orElse(null);
    }

    private ObjectNode envelope(String object) {
        return Json.object().put("id", ask.dialect().idPrefix() + id).put("object", object)
                .put("created", engine.now().getEpochSecond()).put("model", engine.settings().servedModelName())
                .put("system_fingerprint", "penstock-simulator");
    }

    private int steps() {
        List<Script> scripts = ask.scripts();
        return scripts.stream().mapToInt(script -> script.pieces().size()).max().orElse(0);
    }

    /** Calling a tool is, for an engine, coming to its end. */
    private static String reason(Script script) {
        return script.finish().equals("length") ? "length" : "stop";
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
