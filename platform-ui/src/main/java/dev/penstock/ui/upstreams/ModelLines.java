package dev.penstock.ui.upstreams;

import dev.penstock.contract.ModelTask;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.LimitField;
import dev.penstock.contract.quota.UpstreamDialect;
import dev.penstock.contract.quota.UpstreamModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Models of an upstream as one types them, one a line: its name here, its name there, how many tokens it holds, how many its longest answer has, the product
 * that it is priced as; then in any order what it is for if that is not chat, how many tokens a byte can be at most, which class of data it may be given if
 * that is lower than its upstream's, and in which field it is told how long an answer may be if that is the newer one.
 */
record ModelLines(List<UpstreamModel> models, String problem) {

    private static final Pattern LINE = Pattern.compile("(\\S+)\\s+(\\S+)\\s+(\\d{1,9})\\s+(\\d{1,9})\\s+(\\S+)((?:\\s+[a-z_,]+|\\s+\\d{1,2})*)");
    private static final String NEWER_LIMIT = "max_completion_tokens";
    private static final int MOST = 100;

    /**
     * Either models or a problem.
     *
     * @param takes what their upstream may be given
     */
    static ModelLines read(String text, UpstreamDialect dialect, DataClass takes) {
        List<UpstreamModel> models = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String line : text.strip().lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                return wrong("“" + line + "”: the name here, the name there, context, longest answer and product.");
            }
            UpstreamModel model;
            try {
                model = model(parts);
            } catch (IllegalArgumentException e) {
                return wrong("“" + parts.group(6).strip() + "”: a model is for " + ofAll() + "; its data are public, internal, confidential or restricted.");
            }
            if (!names.add(model.name())) {
                return wrong(model.name() + " stands twice.");
            }
            if (model.takes() != null && !takes.covers(model.takes())) {
                return wrong(model.name() + " may not be given more than its upstream.");
            }
            if (dialect == UpstreamDialect.ANTHROPIC && !(model.tasks().equals(List.of(ModelTask.CHAT)) && model.limitField() == LimitField.MAX_TOKENS)) {
                return wrong(model.name() + ": in Anthropic’s dialect models are for chat alone, and limited by max_tokens.");
            }
            models.add(model);
        }
        if (models.isEmpty()) {
            return wrong("Name at least one model.");
        }
        return models.size() > MOST ? wrong("At most " + MOST + " models.") : new ModelLines(models, "");
    }

    private static UpstreamModel model(Matcher parts) {
        List<ModelTask> tasks = List.of(ModelTask.CHAT);
        @Nullable Integer perByte = null;
        @Nullable DataClass takes = null;
        LimitField limit = LimitField.MAX_TOKENS;
        for (String word : parts.group(6).strip().split("\\s+")) {
            if (word.matches("\\d+")) {
                perByte = Integer.valueOf(word);
            } else if (word.equals(NEWER_LIMIT)) {
                limit = LimitField.MAX_COMPLETION_TOKENS;
            } else if (List.of(DataClass.values()).stream().anyMatch(each -> each.name().toLowerCase(Locale.ROOT).equals(word))) {
                takes = DataClass.valueOf(word.toUpperCase(Locale.ROOT));
            } else if (!word.isEmpty()) {
                tasks = tasks(word);
            }
        }
        return new UpstreamModel(parts.group(1), parts.group(2), tasks, Long.parseLong(parts.group(3)), Long.parseLong(parts.group(4)), perByte, parts.group(5), takes, limit);
    }

    static String write(List<UpstreamModel> models) {
        return models.stream().map(ModelLines::line).collect(Collectors.joining("\n"));
    }

    private static String line(UpstreamModel model) {
        boolean usual = model.tasks().equals(List.of(ModelTask.CHAT)) && model.maxTokensPerByte() == null;
        return model.name() + " " + model.servedModel() + " " + model.contextTokens() + " " + model.maxOutputTokens() + " " + model.sku()
                + (usual ? "" : " " + words(model.tasks())) + (model.maxTokensPerByte() == null ? "" : " " + model.maxTokensPerByte())
                + (model.takes() == null ? "" : " " + model.takes().name().toLowerCase(Locale.ROOT)) + (model.limitField() == LimitField.MAX_TOKENS ? "" : " " + NEWER_LIMIT);
    }

    static String words(List<ModelTask> tasks) {
        return tasks.stream().map(task -> task.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(","));
    }

    private static List<ModelTask> tasks(String words) {
        return List.of(words.split(",")).stream().map(word -> ModelTask.valueOf(word.toUpperCase(Locale.ROOT))).toList();
    }

    private static String ofAll() {
        return List.of(ModelTask.values()).stream().map(task -> task.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(" or "));
    }

    private static ModelLines wrong(String problem) {
        return new ModelLines(List.of(), problem);
    }
}
