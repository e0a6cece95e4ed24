package dev.penstock.simulators.model;

import dev.penstock.simulators.cluster.tree.Json;
import dev.penstock.simulators.http.Exchange;
import dev.penstock.simulators.model.ModelLog.Account;
import dev.penstock.simulators.model.ModelLog.State;
import dev.penstock.simulators.model.fault.Trouble;
import dev.penstock.simulators.model.fault.UsageLie;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One call for an order of documents. The question is read again with each of them, as a cross-encoder does. */
final class Ranking {

    /** Around a question and a document: one before, two between them, one behind, as XLM-RoBERTa has it. */
    static final int TOKENS_OF_A_PAIR = 4;

    private final Engine engine;
    private final String query;
    private final List<String> documents;
    private final int top;
    private final int tokens;

    private Ranking(Engine engine, String query, List<String> documents, int top, int tokens) {
        this.engine = engine;
        this.query = query;
        this.documents = documents;
        this.top = top;
        this.tokens = tokens;
    }

    /** Reads and checks the request. */
    static Ranking of(Engine engine, Fields body) {
        body.required("query");
        String query = body.text("query", "");
        List<String> documents = documents(body.required("documents"));
        long top = body.whole("top_n", 0);
        long most = body.whole("truncate_prompt_tokens", Long.MAX_VALUE);
        int beside = Prompt.ofText(query).tokens() + TOKENS_OF_A_PAIR;
        int tokens = 0;
        for (String document : documents) {
            tokens = Math.addExact(tokens, pair(engine.settings().maxModelLen(), most, beside + Prompt.ofText(document).tokens()));
        }
        return new Ranking(engine, query, documents, top > 0 ? (int) Math.min(top, documents.size()) : documents.size(), tokens);
    }

    /** @param most as the caller asks to cut a pair; -1: at the context */
    private static int pair(int context, long most, int tokens) {
        int cut = (int) Math.min(most == -1 ? context : most, tokens);
        if (cut < 1) {
            throw ModelFailure.badRequest("truncate_prompt_tokens must be at least -1, got " + most + ".", "truncate_prompt_tokens");
        }
        if (cut > context) {
            throw ModelFailure.badRequest("This model's maximum context length is " + context + " tokens. However, you requested " + cut
                    + " tokens in the input for score. Please reduce the length of the input.", "input_tokens");
        }
        return cut;
    }

    private static List<String> documents(JsonNode given) {
        if (!given.isArray() || given.isEmpty()) {
            throw ModelFailure.malformed("1 validation error: documents: Input should be a list that is not empty");
        }
        List<String> documents = new ArrayList<>();
        for (JsonNode one : given) {
            if (!one.isString()) {
                throw ModelFailure.malformed("1 validation error: documents: Input should be a valid string");
            }
            documents.add(one.asString(""));
        }
        return documents;
    }

    /** Runs the call to its end. */
    void run(Exchange exchange, String id, Account account, Trouble trouble) throws IOException, InterruptedException {
        Presence presence = Presence.of(exchange);
        try {
            engine.seats().take(presence);
            try {
                presence.pause(engine.pace().firstToken().plus(trouble.beforeFirst()));
                engine.metrics().promptTokens.add(tokens);
                account.read(tokens, 0);
                ObjectNode answer = answer(id, trouble);
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

    private ObjectNode answer(String id, Trouble trouble) {
        ObjectNode answer = Json.object().put("id", "rerank-" + id).put("model", engine.settings().servedModelName());
        UsageLie lie = trouble.usage().orElse(null);
        if (lie != UsageLie.ABSENT) {
            // As vLLM has it: the total, and nothing else.
            answer.putObject("usage").set("total_tokens", new Tally(tokens, 0, 0, 0).told(false, lie, 0).path("total_tokens"));
        }
        double[] scores = scores();
        ArrayNode results = answer.putArray("results");
        IntStream.range(0, scores.length).boxed().sorted(Comparator.comparingDouble(index -> -scores[index])).limit(top).forEach(index -> {
            ObjectNode result = results.addObject().put("index", index);
            result.putObject("document").put("text", documents.get(index));
            result.put("relevance_score", scores[index]);
        });
        return answer;
    }

    /** Between 0 and 1; the more words in common with the question, the higher. */
    private double[] scores() {
        float[] asked = Vector.of(Prompt.ofText(query), EngineSettings.DIMENSIONS);
        return documents.stream().mapToDouble(document -> {
            float[] said = Vector.of(Prompt.ofText(document), EngineSettings.DIMENSIONS);
            double product = IntStream.range(0, asked.length).mapToDouble(index -> asked[index] * (double) said[index]).sum();
            return Math.clamp(product, 0, 1);
        }).toArray();
    }
}
