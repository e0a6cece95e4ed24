package dev.penstock.simulators.model;

import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.http.Exchange;
import dev.penstock.simulators.model.ModelLog.Account;
import dev.penstock.simulators.model.ModelLog.State;
import dev.penstock.simulators.model.fault.Trouble;
import dev.penstock.simulators.model.fault.UsageLie;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One call for vectors. */
final class Embedding {

    private final Engine engine;
    private final List<Prompt> inputs;
    private final int dimensions;
    private final boolean base64;

    private Embedding(Engine engine, List<Prompt> inputs, int dimensions, boolean base64) {
        this.engine = engine;
        this.inputs = inputs;
        this.dimensions = dimensions;
        this.base64 = base64;
    }

    /** Reads and checks the request. */
    static Embedding of(Engine engine, Fields body) {
        List<Prompt> inputs = Reading.prompts("input", body.required("input"));
        int context = engine.settings().maxModelLen();
        for (Prompt input : inputs) {
            if (input.tokens() > context) {
                throw ModelFailure.badRequest("This model's maximum context length is " + context + " tokens. However, you "
                        + "requested " + input.tokens() + " tokens in the input for embedding generation. Please reduce the "
                        + "length of the input.", "input_tokens");
            }
        }
        String format = body.text("encoding_format", "float");
        if (!format.equals("float") && !format.equals("base64")) {
            throw ModelFailure.malformed("1 validation error: encoding_format: Input should be 'float' or 'base64'");
        }
        return new Embedding(engine, inputs, dimensions(engine.settings(), body), format.equals("base64"));
    }

    private static int dimensions(EngineSettings engine, Fields body) {
        if (!body.has("dimensions")) {
            return engine.dimensions();
        }
        long asked = body.whole("dimensions", 0);
        if (!engine.matryoshka()) {
            throw ModelFailure.badRequest("Model \"" + engine.servedModelName() + "\" does not support matryoshka "
                    + "representation, changing output dimensions will lead to poor results.", "dimensions");
        }
        if (asked < 1 || asked > engine.dimensions()) {
            throw ModelFailure.badRequest("dimensions must be between 1 and " + engine.dimensions() + ", got " + asked + ".",
                    "dimensions");
        }
        return (int) asked;
    }

    /** Runs the call to its end. */
    void run(Exchange exchange, String id, Account account, Trouble trouble) throws IOException, InterruptedException {
        Presence presence = Presence.of(exchange);
        try {
            engine.seats().take(presence);
            try {
                presence.pause(engine.pace().firstToken().plus(trouble.beforeFirst()));
                int tokens = inputs.stream().mapToInt(Prompt::tokens).sum();
                engine.metrics().promptTokens.add(tokens);
                account.read(tokens, 0);
                ObjectNode answer = answer(id, tokens, trouble);
                engine.metrics().ended("stop");
                presence.check();
                if (trouble.faults().isEmpty()) {
                    account.end(State.FINISHED, 200);
                }
                new Delivery(exchange, presence, trouble).whole(answer);
                account.end(State.FINISHED, 200);
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

    private ObjectNode answer(String id, int tokens, Trouble trouble) {
        ObjectNode answer = Json.object().put("id", "embd-" + id).put("object", "list")
                .put("created", engine.now().getEpochSecond()).put("model", engine.settings().servedModelName());
        ArrayNode data = answer.putArray("data");
        for (int index = 0; index < inputs.size(); index++) {
            ObjectNode entry = data.addObject().put("index", index).put("object", "embedding");
            float[] vector = Vector.of(inputs.get(index), dimensions);
            if (base64) {
                entry.put("embedding", base64(vector));
            } else {
                ArrayNode numbers = entry.putArray("embedding");
                for (float number : vector) {
                    numbers.add(number);
                }
            }
        }
        UsageLie lie = trouble.usage().orElse(null);
        if (lie != UsageLie.ABSENT) {
            answer.set("usage", new Tally(tokens, 0, 0, 0).told(false, lie, 0));
        }
        return answer;
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : vector) {
            bytes.putFloat(number);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
