package dev.penstock.quota.upstream;

import dev.penstock.contract.Problem;
import dev.penstock.frame.network.Network;
import dev.penstock.frame.problem.ProblemException;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A base URL, as administrators write it: checked as text, nothing is looked up. Names and addresses are written in the one way that all readers read alike.
 *
 * @param host a name in small letters, or a literal without brackets
 * @param path with which requests begin, without a slash at its end
 */
public record UpstreamAddress(boolean tls, String host, int port, String path) {

    private static final String USUAL_PATH = "/v1";
    private static final int LONGEST_HOST = 253;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");
    /** {@code 127.1}, {@code 0x7f.1}, {@code 2130706433}: some readers take them for addresses. No name of the DNS ends so. */
    private static final Pattern ENDS_LIKE_A_NUMBER = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9][A-Za-z0-9._~-]*)*");

    /** @throws ProblemException {@code invalid_input} */
    public static UpstreamAddress of(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw invalid("is no URL.");
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        require(scheme.equals("https") || scheme.equals("http"), "must begin with https, or with http in a network that the configuration allows.");
        require(uri.getHost() != null && uri.getRawUserInfo() == null, "must have a host, as a name or as an address of four numbers or in brackets, and no user.");
        require(uri.getRawQuery() == null && uri.getRawFragment() == null, "must have nothing behind its path.");
        boolean tls = scheme.equals("https");
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        require(port >= 1 && port <= 65_535, "has a port that does not exist.");
        return new UpstreamAddress(tls, host(uri.getHost().toLowerCase(Locale.ROOT)), port, path(uri.getRawPath()));
    }

    /** Whether what one of them knows is safe with the other. */
    boolean isSameServer(UpstreamAddress other) {
        return tls == other.tls && host.equals(other.host) && port == other.port;
    }

    /** What a request names its server by: the host, in brackets if it is a literal with colons, and the port unless it is the usual one (RFC 9110, 7.2). */
    public String authority() {
        boolean usual = port == (tls ? 443 : 80);
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + (usual ? "" : ":" + port);
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + authority() + path;
    }

    private static String host(String written) {
        if (written.startsWith("[")) {
            return Network.address(written.substring(1, written.length() - 1)).orElseThrow(() -> invalid("has an address that nobody can read.")).getHostAddress();
        }
        if (Network.address(written).isEmpty()) {
            require(written.length() <= LONGEST_HOST && NAME.matcher(written).matches() && !ENDS_LIKE_A_NUMBER.matcher(written).matches(),
                    "has a host that is neither a name nor an address written as four numbers or in brackets.");
        }
        return written;
    }

    private static String path(String written) {
        String path = written.endsWith("/") ? written.substring(0, written.length() - 1) : written;
        require(PATH.matcher(path).matches(), "has a path with something else than letters, digits and . _ ~ - between its slashes.");
        return path.isEmpty() ? USUAL_PATH : path;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw invalid(otherwise);
        }
    }

    private static ProblemException invalid(String what) {
        return new ProblemException(Problem.INVALID_INPUT, "address: " + what);
    }
}
