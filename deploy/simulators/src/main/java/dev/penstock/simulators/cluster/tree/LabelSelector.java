package dev.penstock.simulators.cluster.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A label selector: all of its requirements must hold. The empty one matches everything. */
public record LabelSelector(List<Requirement> requirements) {

    private static final Pattern PART = Pattern.compile(
            "\\s*(?:(?<absent>!)\\s*(?<absentKey>[^\\s!=,()]+)"
                    + "|(?<setKey>[^\\s!=,()]+)\\s+(?<set>in|notin)\\s*\\((?<values>[^()]*)\\)"
                    + "|(?<key>[^\\s!=,()]+)\\s*(?<operator>==|=|!=)\\s*(?<value>[^\\s!=,()]*)"
                    + "|(?<present>[^\\s!=,()]+))\\s*(?:,|$)");

    /** How one label is tested. */
    public enum Test { IN, NOT_IN, EXISTS, ABSENT }

    /** One requirement on one label. {@code NOT_IN} also holds when the label is missing, as the API defines it. */
    public record Requirement(String key, Test test, Set<String> values) {

        boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (test) {
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case ABSENT -> value == null;
            };
        }
    }

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /**
     * Reads the form of a query parameter: {@code app=web,tier in (a,b),!old}.
     *
     * @throws IllegalArgumentException when it cannot be read
     */
    public static LabelSelector parse(String text) {
        List<Requirement> requirements = new ArrayList<>();
        Matcher matcher = PART.matcher(text);
        int from = 0;
        while (from < text.length()) {
            if (!matcher.find(from) || matcher.start() != from || matcher.end() == from) {
                throw new IllegalArgumentException("unable to parse requirement: " + text.substring(from));
            }
            requirements.add(requirement(matcher));
            from = matcher.end();
        }
        return new LabelSelector(requirements);
    }

    private static Requirement requirement(Matcher part) {
        if (part.group("absent") != null) {
            return new Requirement(part.group("absentKey"), Test.ABSENT, Set.of());
        }
        if (part.group("set") != null) {
            Set<String> values = new TreeSet<>();
            for (String value : part.group("values").split(",", -1)) {
                values.add(value.strip());
            }
            return new Requirement(part.group("setKey"), part.group("set").equals("in") ? Test.IN : Test.NOT_IN, values);
        }
        if (part.group("operator") != null) {
            Test test = part.group("operator").equals("!=") ? Test.NOT_IN : Test.IN;
            return new Requirement(part.group("key"), test, Set.of(part.group("value")));
        }
        return new Requirement(part.group("present"), Test.EXISTS, Set.of());
    }

    /** Reads the form inside objects: {@code matchLabels} and {@code matchExpressions}. */
    public static LabelSelector of(JsonNode selector) {
        List<Requirement> requirements = new ArrayList<>();
        Json.map(selector, "matchLabels")
                .forEach((key, value) -> requirements.add(new Requirement(key, Test.IN, Set.of(value))));
        for (ObjectNode expression : Json.objects(selector, "matchExpressions")) {
            Test test = switch (Json.text(expression, "operator")) {
                case "In" -> Test.IN;
                case "NotIn" -> Test.NOT_IN;
                case "Exists" -> Test.EXISTS;
                case "DoesNotExist" -> Test.ABSENT;
                default -> throw new IllegalArgumentException(
                        "\"" + Json.text(expression, "operator") + "\" is not a valid label selector operator");
            };
            requirements.add(new Requirement(
                    Json.text(expression, "key"), test, new TreeSet<>(Json.texts(expression, "values"))));
        }
        return new LabelSelector(requirements);
    }

    /** Whether an object with these labels is selected. */
    public boolean matches(Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> requirement.matches(labels));
    }
}
