package dev.penstock.quota.upstream;

import dev.penstock.contract.ModelTask;
import dev.penstock.contract.Problem;
import dev.penstock.contract.quota.LimitField;
import dev.penstock.contract.quota.UpstreamDialect;
import dev.penstock.contract.quota.UpstreamModel;
import dev.penstock.contract.quota.UpstreamSpec;
import dev.penstock.frame.problem.ProblemException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must hold of an upstream by itself. Pure. */
final class SoundUpstream {

    /** More context than any model has; sums of bounds stay far from overflowing. */
    private static final long MOST_CONTEXT = 100_000_000;
    private static final int MOST_TOKENS_PER_BYTE = 16;

    private SoundUpstream() {}

    /** @throws ProblemException {@code invalid_input} */
    static void require(String name, Pattern names, UpstreamSpec spec) {
        require(names.matcher(name).matches(), "name: begins and ends with a small letter or digit and has at most 50 of them and of -");
        @Nullable String key = spec.providerKey();
        require(key == null || key.chars().allMatch(c -> c > 0x20 && c < 0x7f), "providerKey: must be visible ASCII characters.");
        Set<String> seen = new HashSet<>();
        for (UpstreamModel model : spec.models()) {
            require(seen.add(model.name()), "models: " + model.name() + " stands twice.");
            require(model.name().equals(model.name().strip()) && !model.name().isEmpty(), "models: a name must not begin or end with a blank.");
            require(model.tasks().stream().distinct().count() == model.tasks().size(), "models: a task of " + model.name() + " stands twice.");
            require(model.contextTokens() <= MOST_CONTEXT, "models: the context of " + model.name() + " is more than " + MOST_CONTEXT + ".");
            require(model.maxOutputTokens() <= model.contextTokens(), "models: the longest answer of " + model.name() + " is more than its context.");
            Integer perByte = model.maxTokensPerByte();
            require(perByte == null || perByte <= MOST_TOKENS_PER_BYTE,
                    "models: maxTokensPerByte of " + model.name() + " is more than " + MOST_TOKENS_PER_BYTE + "; leave it out if it is not known.");
            require(model.takes() == null || spec.takes().covers(model.takes()), "models: " + model.name() + " may not be given more than its upstream.");
            require(spec.dialect() == UpstreamDialect.OPENAI || model.tasks().equals(List.of(ModelTask.CHAT)),
                    "models: " + model.name() + " can be for chat alone, since its upstream speaks Anthropic's dialect.");
            require(spec.dialect() == UpstreamDialect.OPENAI || model.limitField() == LimitField.MAX_TOKENS,
                    "models: " + model.name() + " is told in max_tokens how long its answer may be, as Anthropic's dialect has it.");
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ProblemException(Problem.INVALID_INPUT, otherwise);
        }
    }
}
