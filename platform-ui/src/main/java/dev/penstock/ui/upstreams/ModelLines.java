package dev.penstock.ui.upstreams;

import dev.penstock.contract.ModelTask;
import dev.penstock.contract.quota.UpstreamModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Models of an upstream as one types them, one a line: its name here, its name there, how many tokens it holds, how many its longest answer has, the product
 * that it is priced as; then what it is for if that is not chat, and how many tokens a byte can be at most, if that is known.
 */
record ModelLines(List<UpstreamModel> models, String problem) {

    private static final Pattern LINE = Pattern.compile("(\\S+)\\s+(\\S+)\\s+(\\d{1,9})\\s+(\\d{1,9})\\s+(\\S+)(?:\\s+([a-z,]+))?(?:\\s+(\\d{1,2}))?");
    private static final int MOST = 100;

    /** Either models or a problem. */
    static ModelLines read(String text) {
        List<UpstreamModel> models = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String line : text.strip().lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                return wrong("“" + line + "”: the name here, the name there, context, longest answer and product.");
            }
            List<ModelTask> tasks;
            try {
                tasks = parts.group(6) == null ? List.of(ModelTask.CHAT) : tasks(parts.group(6));
            } catch (IllegalArgumentException e) {
                return wrong("“" + parts.group(6) + "”: what a model is for is " + ofAll() + ".");
            }
            if (!names.add(parts.group(1))) {
                return wrong(parts.group(1) + " stands twice.");
            }
            models.add(new UpstreamModel(
                    parts.group(1), parts.group(2), tasks, Long.parseLong(parts.group(3)), Long.parseLong(parts.group(4)), parts.group(7) == null ? null : Integer.valueOf(parts.group(7)),
                    parts.group(5)));
        }
        if (models.isEmpty()) {
            return wrong("Name at least one model.");
        }
        return models.size() > MOST ? wrong("At most " + MOST + " models.") : new ModelLines(models, "");
    }

    static String write(List<UpstreamModel> models) {
        return models.stream().map(ModelLines::line).collect(Collectors.joining("\n"));
    }

    private static String line(UpstreamModel model) {
        boolean usual = model.tasks().equals(List.of(ModelTask.CHAT)) && model.maxTokensPerByte() == null;
        return model.name() + " " + model.servedModel() + " " + model.contextTokens() + " " + model.maxOutputTokens() + " " + model.sku()
                + (usual ? "" : " " + words(model.tasks())) + (model.maxTokensPerByte() == null ? "" : " " + model.maxTokensPerByte());
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
