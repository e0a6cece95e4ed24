package dev.penstock.platform.workspace;

import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which headers go past the proxy, and how. Pure. */
final class Passing {

    /** They speak of one connection (RFC 9110, section 7.6.1), or are ours to say. */
    private static final Set<String> STAY = Set.of(
            "connection", "keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade", "expect", "host",
            "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "x-real-ip");
    /** Would send browsers past us. */
    private static final Set<String> OUTWARD = Set.of("alt-svc");

    private final String cookie;

    /** @param cookie the name of ours */
    Passing(String cookie) {
        this.cookie = cookie;
    }

    /** What the workspace is told: everything that is the caller's to say to it, and for which host. Our cookie is not among it. */
    MultiMap inward(MultiMap from, String scheme, String authority) {
        MultiMap to = MultiMap.caseInsensitiveMultiMap();
        Set<String> named = named(from);
        for (Map.Entry<String, String> header : from) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!STAY.contains(name) && !named.contains(name) && !name.equals("cookie")) {
                to.add(header.getKey(), header.getValue());
            }
        }
        String cookies = cookies(from).stream().filter(pair -> !nameOf(pair).equals(cookie)).collect(Collectors.joining("; "));
        if (!cookies.isEmpty()) {
            to.set("Cookie", cookies);
        }
        return to.set("Host", authority).set("X-Forwarded-Host", authority).set("X-Forwarded-Proto", scheme);
    }

    /** What the browser is told. A cookie is for this host alone, and never ours. */
    MultiMap outward(MultiMap from) {
        MultiMap to = MultiMap.caseInsensitiveMultiMap();
        Set<String> named = named(from);
        for (Map.Entry<String, String> header : from) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            boolean passes = name.equals("set-cookie") ? ownCookie(header.getValue()) : !STAY.contains(name) && !OUTWARD.contains(name) && !named.contains(name);
            if (passes) {
                to.add(header.getKey(), header.getValue());
            }
        }
        return to;
    }

    /** The values of our cookie: more than one says that somebody put one there who may not. */
    List<String> ours(MultiMap headers) {
        return cookies(headers).stream().filter(pair -> nameOf(pair).equals(cookie)).map(pair -> pair.substring(pair.indexOf('=') + 1).strip()).toList();
    }

    private boolean ownCookie(String setCookie) {
        List<String> attributes = Arrays.stream(setCookie.split(";")).skip(1).map(attribute -> attribute.strip().toLowerCase(Locale.ROOT)).toList();
        return !nameOf(setCookie).equalsIgnoreCase(cookie) && attributes.stream().noneMatch(attribute -> attribute.matches("domain\\s*=.*"));
    }

    private static List<String> cookies(MultiMap headers) {
        List<String> pairs = new ArrayList<>();
        headers.getAll("cookie").forEach(header -> Arrays.stream(header.split(";")).map(String::strip).filter(pair -> !pair.isEmpty()).forEach(pairs::add));
        return pairs;
    }

    private static String nameOf(String pair) {
        int end = pair.indexOf('=');
        return (end < 0 ? "" : pair.substring(0, end)).strip();
    }

    /** Headers of the connection that it names itself. */
    private static Set<String> named(MultiMap headers) {
        Set<String> names = new HashSet<>();
        headers.getAll("connection").forEach(header -> Arrays.stream(header.split(",")).map(name -> name.strip().toLowerCase(Locale.ROOT)).forEach(names::add));
        return names;
    }
}
