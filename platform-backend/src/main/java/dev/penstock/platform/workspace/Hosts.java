package dev.penstock.platform.workspace;

import dev.penstock.platform.slice.SliceKey;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which host is which workspace's. The label follows from the slice's name and tells nothing of it: whoever knows a host knows no more than that, and a
 * host without a workspace answers as one with.
 */
final class Hosts {

    private static final int LABEL_BYTES = 12;
    private static final Pattern LABEL = Pattern.compile("[0-9a-f]{" + 2 * LABEL_BYTES + "}");

    private final String scheme;
    private final String domain;
    private final int port;

    /** @param listens the port of the listener, for an address that does not name another */
    Hosts(URI address, int listens) {
        this.scheme = address.getScheme();
        this.domain = address.getHost().toLowerCase(Locale.ROOT);
        this.port = address.getPort() == 0 ? listens : address.getPort();
    }

    boolean secure() {
        return scheme.equals("https");
    }

    String scheme() {
        return scheme;
    }

    static String label(SliceKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(("workspace " + key).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, LABEL_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** As browsers name it, and so as they send it: without a port that the scheme implies. */
    String authority(String label) {
        return label + "." + domain + (port < 0 || port == (secure() ? 443 : 80) ? "" : ":" + port);
    }

    String origin(String label) {
        return scheme + "://" + authority(label);
    }

    /** @param authority the value of a {@code Host} header; empty: it is not exactly one of ours */
    Optional<String> labelOf(@Nullable String authority) {
        if (authority == null || authority.indexOf('.') < 0) {
            return Optional.empty();
        }
        String lower = authority.toLowerCase(Locale.ROOT);
        String label = lower.substring(0, lower.indexOf('.'));
        return LABEL.matcher(label).matches() && lower.equals(authority(label)) ? Optional.of(label) : Optional.empty();
    }
}
