package dev.penstock.ui.base;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a person is: a screen's path, and what is chosen, filtered and open there. Every list, filter and dialog is in it, so that a link
 * shared with a colleague opens the same thing.
 *
 * @param path without a leading slash
 */
public record Address(String path, SortedMap<String, String> parameters) {

    /** The project that is chosen; kept from screen to screen. */
    public static final String PROJECT = "project";

    /** The dialog that is open. */
    public static final String DO = "do";

    public Address {
        parameters = new TreeMap<>(parameters);
    }

    public static Address of(String path) {
        return new Address(path, new TreeMap<>());
    }

    public static Address of(Location location) {
        Map<String, String> first = new LinkedHashMap<>();
        location.getQueryParameters().getParameters().forEach((name, values) -> {
            List<String> given = values.stream().filter(value -> !value.isEmpty()).toList();
            if (!given.isEmpty()) {
                first.put(name, given.getFirst());
            }
        });
        return new Address(location.getPath(), new TreeMap<>(first));
    }

    public @Nullable String get(String name) {
        return parameters.get(name);
    }

    public String get(String name, String otherwise) {
        return parameters.getOrDefault(name, otherwise);
    }

    /** One of a few; null where the address names none of them. */
    public <E extends Enum<E>> @Nullable E get(String name, Class<E> kind) {
        String wanted = parameters.get(name);
        return Arrays.stream(kind.getEnumConstants()).filter(each -> word(each).equals(wanted)).findFirst().orElse(null);
    }

    public <E extends Enum<E>> E get(String name, E otherwise) {
        return Objects.requireNonNullElse(get(name, otherwise.getDeclaringClass()), otherwise);
    }

    /** How one of a few stands in an address. */
    public static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Null where it is left out, or is no number. */
    public @Nullable Integer number(String name) {
        try {
            String given = parameters.get(name);
            return given == null ? null : Integer.valueOf(given);
        } catch (NumberFormatException noNumber) {
            return null;
        }
    }

    public boolean is(String name, String value) {
        return value.equals(parameters.get(name));
    }

    /** @param value null or empty removes it */
    public Address with(String name, @Nullable String value) {
        var changed = new TreeMap<>(parameters);
        if (value == null || value.isEmpty()) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return new Address(path, changed);
    }

    public Address without(String... names) {
        var changed = new TreeMap<>(parameters);
        for (String name : names) {
            changed.remove(name);
        }
        return new Address(path, changed);
    }

    /** Another screen, of the same project. */
    public Address to(String otherPath) {
        return of(otherPath).with(PROJECT, get(PROJECT));
    }

    /** For a link inside the portal. */
    public String href() {
        if (parameters.isEmpty()) {
            return path;
        }
        return path + "?"
                + parameters.entrySet().stream()
                        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&"));
    }

    /** Goes there; the browser's way back leads here. */
    public void openIn(UI ui) {
        ui.navigate(path, QueryParameters.simple(parameters));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
