package dev.penstock.simulators.cluster.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A field selector: comparisons of single fields, all of which must hold. */
public record FieldSelector(List<Term> terms) {

    /** One comparison; {@code equal} false means the field must differ. */
    public record Term(String field, boolean equal, String value) {

        boolean matches(JsonNode object) {
            return Json.text(object, field.split("\\.")).equals(value) == equal;
        }
    }

    public FieldSelector {
        terms = List.copyOf(terms);
    }

    /**
     * Reads {@code status.phase=Running,spec.nodeName!=gpu-01}.
     *
     * @param allowed the fields this kind can be selected by; the API server knows a short list per kind, too
     * @throws IllegalArgumentException when it cannot be read or names a field outside that list
     */
    public static FieldSelector parse(String text, Set<String> allowed) {
        List<Term> terms = new ArrayList<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",")) {
            int operator = part.indexOf('=');
            if (operator < 1) {
                throw new IllegalArgumentException("invalid selector: '" + text + "'; can't understand '" + part + "'");
            }
            boolean equal = part.charAt(operator - 1) != '!';
            String field = part.substring(0, equal ? operator : operator - 1).strip();
            String value = part.substring(operator + 1);
            if (!allowed.contains(field)) {
                throw new IllegalArgumentException("field label not supported: " + field);
            }
            terms.add(new Term(field, equal, (value.startsWith("=") ? value.substring(1) : value).strip()));
        }
        return new FieldSelector(terms);
    }

    /** Whether the object is selected. */
    public boolean matches(JsonNode object) {
        return terms.stream().allMatch(term -> term.matches(object));
    }
}
