package dev.penstock.simulators.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands after {@code vllm serve}. Options that change nothing one could see here are read past; one that vLLM does not
 * have is refused, as vLLM does, so that a slip in a manifest is found before a real engine finds it.
 *
 * @param port where it is to listen
 * @param apiKey what callers present, null when anybody may call
 */
public record ServeArguments(EngineSettings engine, int port, @Nullable String apiKey) {

    private static final int PORT = 8000;
    private static final String KEY_VARIABLE = "VLLM_API_KEY";
    private static final Set<String> FLAGS = Set.of("enable-auto-tool-choice", "enable-prefix-caching",
            "no-enable-prefix-caching", "enable-prompt-tokens-details", "enable-force-include-usage",
            "enable-request-id-headers", "enable-lora", "enable-chunked-prefill", "no-enable-chunked-prefill", "enforce-eager",
            "trust-remote-code", "disable-log-requests", "no-enable-log-requests", "enable-log-requests", "disable-log-stats",
            "disable-uvicorn-access-log", "enable-server-load-tracking", "enable-sleep-mode", "enable-expert-parallel");
    private static final Set<String> VALUES = Set.of("model", "served-model-name", "max-model-len", "max-num-seqs", "host",
            "port", "api-key", "task", "runner", "convert", "hf-overrides", "tensor-parallel-size", "pipeline-parallel-size",
            "data-parallel-size", "gpu-memory-utilization", "quantization", "kv-cache-dtype", "dtype", "lora-modules",
            "max-loras", "max-lora-rank", "max-cpu-loras", "tool-call-parser", "reasoning-parser", "chat-template", "revision",
            "tokenizer", "tokenizer-revision", "download-dir", "load-format", "seed", "max-num-batched-tokens", "block-size",
            "swap-space", "uvicorn-log-level", "root-path", "limit-mm-per-prompt", "speculative-config", "override-pooler-config",
            "pooler-config", "compilation-config", "generation-config", "distributed-executor-backend", "otlp-traces-endpoint",
            "shutdown-timeout");
    /** Models are known for what they do by their architecture; here there is only the name. */
    private static final Pattern RERANKER_NAME = Pattern.compile("(^|[-_/])rerank(er|ing)?([-_/.]|$)");
    private static final Pattern EMBEDDING_NAME = Pattern.compile("(^|[-_/])(bge|e5|gte|embed(ding)?s?)([-_/.]|$)");
    private static final Pattern LENGTH = Pattern.compile("(\\d{1,9})([kKmM]?)");

    /**
     * Reads them.
     *
     * @param environment the variables of the container
     * @throws IllegalArgumentException when vLLM would not start with them; the message is what it would print
     */
    public static ServeArguments of(List<String> arguments, Map<String, String> environment) {
        Map<String, String> options = options(arguments);
        String model = options.getOrDefault("model", "");
        if (model.isEmpty()) {
            throw refused("the following arguments are required: model");
        }
        String name = options.getOrDefault("served-model-name", model).split(" ")[0];
        String overrides = options.getOrDefault("hf-overrides", "").replace(" ", "");
        EngineSettings engine = new EngineSettings(model, name, task(options, model),
                length(options.getOrDefault("max-model-len", Integer.toString(EngineSettings.MAX_MODEL_LEN))),
                number(options, "max-num-seqs", EngineSettings.MAX_NUM_SEQS), options.containsKey("enable-auto-tool-choice"),
                !options.containsKey("no-enable-prefix-caching"), options.containsKey("enable-prompt-tokens-details"),
                EngineSettings.DIMENSIONS, overrides.contains("\"is_matryoshka\":true"));
        String key = options.getOrDefault("api-key", environment.getOrDefault(KEY_VARIABLE, ""));
        return new ServeArguments(engine, number(options, "port", PORT), key.isEmpty() ? null : key);
    }

    private static Map<String, String> options(List<String> arguments) {
        Map<String, String> options = new TreeMap<>();
        Deque<String> rest = new ArrayDeque<>(arguments);
        if (!rest.isEmpty() && !rest.getFirst().startsWith("--")) {
            options.put("model", rest.removeFirst());
        }
        while (!rest.isEmpty()) {
            String argument = rest.removeFirst();
            int equals = argument.indexOf('=');
            String name = (equals < 0 ? argument : argument.substring(0, equals)).replaceFirst("^--", "").replace('_', '-');
            if (argument.startsWith("--") && FLAGS.contains(name)) {
                options.put(name, "true");
            } else if (argument.startsWith("--") && VALUES.contains(name)) {
                options.put(name, equals < 0 ? values(name, rest) : argument.substring(equals + 1));
            } else {
                throw refused("unrecognized arguments: " + argument);
            }
        }
        return options;
    }

    /** What belongs to an option: everything up to the next one. */
    private static String values(String name, Deque<String> rest) {
        StringBuilder values = new StringBuilder();
        while (!rest.isEmpty() && !rest.getFirst().startsWith("--")) {
            values.append(values.isEmpty() ? "" : " ").append(rest.removeFirst());
        }
        if (values.isEmpty()) {
            throw refused("argument --" + name + ": expected one argument");
        }
        return values.toString();
    }

    private static ModelTask task(Map<String, String> options, String model) {
        String said = options.getOrDefault("task", options.getOrDefault("runner", options.getOrDefault("convert", "auto")));
        return switch (said) {
            case "embed", "embedding" -> ModelTask.EMBED;
            case "score", "classify" -> ModelTask.RERANK;
            case "generate", "none" -> ModelTask.GENERATE;
            case "pooling" -> named(model, ModelTask.EMBED);
            case "auto" -> named(model, ModelTask.GENERATE);
            default -> throw refused("invalid choice: '" + said + "'");
        };
    }

    private static ModelTask named(String model, ModelTask otherwise) {
        String name = model.toLowerCase(Locale.ROOT);
        return RERANKER_NAME.matcher(name).find() ? ModelTask.RERANK : EMBEDDING_NAME.matcher(name).find() ? ModelTask.EMBED : otherwise;
    }

    private static int number(Map<String, String> options, String name, int otherwise) {
        String value = options.getOrDefault(name, Integer.toString(otherwise));
        if (!value.matches("\\d{1,9}")) {
            throw refused("argument --" + name + ": invalid int value: '" + value + "'");
        }
        return Integer.parseInt(value);
    }

    /** A number, or one with the ending vLLM allows: k is a thousand, K is 1024. */
    private static int length(String value) {
        Matcher length = LENGTH.matcher(value);
        if (!length.matches()) {
            throw refused("argument --max-model-len: invalid value: '" + value + "'");
        }
        int factor = switch (length.group(2)) {
            case "k" -> 1_000;
            case "K" -> 1 << 10;
            case "m" -> 1_000_000;
            case "M" -> 1 << 20;
            default -> 1;
        };
        return Math.multiplyExact(Integer.parseInt(length.group(1)), factor);
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("vllm serve: error: " + why);
    }
}
