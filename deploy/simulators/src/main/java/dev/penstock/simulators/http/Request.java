package dev.penstock.simulators.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One request, read completely.
 *
 * @param path the decoded path
 * @param query the decoded parameters
 * @param headers by lower-case name; of a repeated header the last
 */
public record Request(
        String method, String path, Map<String, List<String>> query, Map<String, String> headers, byte[] body) {

    static Request of(String method, String target, Map<String, String> headers, byte[] body) {
        int mark = target.indexOf('?');
        // A plus in a path is a plus; the decoder would make it a space.
        String path = decode((mark < 0 ? target : target.substring(0, mark)).replace("+", "%2B"));
        Map<String, List<String>> query = new LinkedHashMap<>();
        for (String pair : mark < 0 ? new String[0] : target.substring(mark + 1).split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            query.computeIfAbsent(name, unused -> new ArrayList<>())
                    .add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return new Request(method, path, query, headers, body);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The header's value, empty when it is not there. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The parameter's first value, empty when it is not there. */
    public String parameter(String name) {
        return query.getOrDefault(name, List.of("")).getFirst();
    }

    /** Whether the parameter says yes: {@code true} or {@code 1}. */
    public boolean flag(String name) {
        String value = parameter(name);
        return value.equals("true") || value.equals("1");
    }

    /** Whether the caller asks to go on as a web socket. */
    public boolean asksForWebSocket() {
        return header("upgrade").equalsIgnoreCase("websocket");
    }
}
