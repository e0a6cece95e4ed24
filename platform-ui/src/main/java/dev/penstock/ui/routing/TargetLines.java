package dev.penstock.ui.routing;

import dev.penstock.contract.quota.AliasTarget;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Targets as one types them: a model a line, with its weight behind it if that is not 1; what follows an empty line is asked only when nothing
 * before it takes calls.
 */
record TargetLines(List<AliasTarget> targets, String problem) {

    private static final Pattern LINE = Pattern.compile("(\\S+)(?:\\s+(\\d{1,4}))?");
    private static final int MOST_TARGETS = 20;
    private static final int MOST_TIERS = 5;
    private static final int MOST_WEIGHT = 1_000;

    /** Either targets or a problem. */
    static TargetLines read(String text) {
        List<AliasTarget> targets = new ArrayList<>();
        Set<String> models = new HashSet<>();
        int tier = 0;
        boolean gap = false;
        for (String line : text.strip().lines().map(String::strip).toList()) {
            if (line.isEmpty()) {
                gap = true;
                continue;
            }
            tier += gap ? 1 : 0;
            gap = false;
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                return wrong("“" + line + "”: a model's name, and its weight if it is not 1.");
            }
            int weight = parts.group(2) == null ? 1 : Integer.parseInt(parts.group(2));
            if (weight < 1 || weight > MOST_WEIGHT) {
                return wrong("The weight of " + parts.group(1) + " is 1 to " + MOST_WEIGHT + ".");
            }
            if (!models.add(parts.group(1))) {
                return wrong(parts.group(1) + " stands twice.");
            }
            targets.add(new AliasTarget(parts.group(1), tier, weight));
        }
        if (targets.isEmpty()) {
            return wrong("Name at least one model.");
        }
        if (targets.size() > MOST_TARGETS || tier >= MOST_TIERS) {
            return wrong("At most " + MOST_TARGETS + " models, in at most " + MOST_TIERS + " steps.");
        }
        return new TargetLines(targets, "");
    }

    private static TargetLines wrong(String problem) {
        return new TargetLines(List.of(), problem);
    }

    static String write(List<AliasTarget> targets) {
        StringBuilder text = new StringBuilder();
        int tier = targets.isEmpty() ? 0 : targets.getFirst().tier();
        for (AliasTarget target : targets) {
            text.append(target.tier() == tier ? "" : "\n").append(target.model()).append(target.weight() == 1 ? "" : " " + target.weight()).append('\n');
            tier = target.tier();
        }
        return text.toString().stripTrailing();
    }
}
