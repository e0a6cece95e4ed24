package dev.penstock.simulators.model;

/**
 * What an engine was told about the model it serves; the names are those of vLLM's options.
 *
 * @param model where the weights are said to come from; {@code root} in the list of models
 * @param servedModelName what callers call it
 * @param maxModelLen the context in tokens, prompt and answer together
 * @param maxNumSeqs how many calls run at once; others wait
 * @param autoToolChoice whether a call may leave it to the model whether to call a tool
 * @param prefixCaching whether what was read before is not computed again
 * @param promptTokensDetails whether the usage tells how much of the prompt was found in that cache
 * @param dimensions the length of a vector
 * @param matryoshka whether callers may ask for shorter vectors
 */
public record EngineSettings(String model, String servedModelName, ModelTask task, int maxModelLen, int maxNumSeqs,
        boolean autoToolChoice, boolean prefixCaching, boolean promptTokensDetails, int dimensions, boolean matryoshka) {

    /** What is assumed of a model whose context nobody states. */
    static final int MAX_MODEL_LEN = 32_768;
    static final int MAX_NUM_SEQS = 256;
    static final int DIMENSIONS = 1024;

    public EngineSettings {
        if (model.isBlank() || servedModelName.isBlank()) {
            throw new IllegalArgumentException("model, servedModelName: must be given");
        }
        if (maxModelLen < 1 || maxNumSeqs < 1 || dimensions < 1) {
            throw new IllegalArgumentException("maxModelLen, maxNumSeqs, dimensions: must be at least 1");
        }
    }

    /** A model that chats and calls tools. */
    public static EngineSettings of(String name) {
        return new EngineSettings("simulated/" + name, name, ModelTask.GENERATE, MAX_MODEL_LEN, MAX_NUM_SEQS, true, false,
                false, DIMENSIONS, false);
    }

    public EngineSettings withTask(ModelTask other) {
        return new EngineSettings(model, servedModelName, other, maxModelLen, maxNumSeqs, autoToolChoice, prefixCaching,
                promptTokensDetails, dimensions, matryoshka);
    }

    public EngineSettings withMaxModelLen(int tokens) {
        return new EngineSettings(model, servedModelName, task, tokens, maxNumSeqs, autoToolChoice, prefixCaching,
                promptTokensDetails, dimensions, matryoshka);
    }

    public EngineSettings withMaxNumSeqs(int calls) {
        return new EngineSettings(model, servedModelName, task, maxModelLen, calls, autoToolChoice, prefixCaching,
                promptTokensDetails, dimensions, matryoshka);
    }

    /** The cache is used, and what it gave is told. */
    public EngineSettings withPrefixCaching() {
        return new EngineSettings(model, servedModelName, task, maxModelLen, maxNumSeqs, autoToolChoice, true, true,
                dimensions, matryoshka);
    }

    /** Vectors of that length, of which callers may ask for a shorter beginning. */
    public EngineSettings withMatryoshka(int length) {
        return new EngineSettings(model, servedModelName, task, maxModelLen, maxNumSeqs, autoToolChoice, prefixCaching,
                promptTokensDetails, length, true);
    }
}
