package dev.penstock.quota.upstream;

import dev.penstock.frame.network.Network;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where calls may be sent: to addresses of the public Internet, and to networks that the configuration allows. From the IANA registries of special-purpose
 * addresses (RFC 6890 and its updates), and where clouds keep credentials.
 */
final class Destinations {

    /** With {@code 169.254.169.254} and its like; {@code 168.63.129.16} is a cloud's wire server, public only by its number. */
    private static final List<Network> NOT_PUBLIC_V4 = networks(
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32");

    private static final Network GLOBAL_V6 = Network.of("2000::/3");

    /** Inside of what is global: protocols, documentation, and what carries an IPv4 address that would be reached through it. */
    private static final List<Network> NOT_PUBLIC_V6 = networks("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    private final List<Network> allowed;

    /** @param allowed beyond the public ones */
    Destinations(List<Network> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** Why nothing may be sent there; empty: it may. */
    Optional<String> refusal(InetAddress address, boolean tls) {
        if (allowed.stream().anyMatch(network -> network.contains(address))) {
            return Optional.empty();
        }
        if (!isPublic(address)) {
            return Optional.of(address.getHostAddress() + " is not an address of the public Internet, and its network is not in penstock.upstreams.allowed-networks");
        }
        return tls ? Optional.empty() : Optional.of("without TLS calls go to networks in penstock.upstreams.allowed-networks alone, and " + address.getHostAddress() + " is in none");
    }

    private static boolean isPublic(InetAddress address) {
        return address instanceof Inet4Address
                ? NOT_PUBLIC_V4.stream().noneMatch(network -> network.contains(address))
                : GLOBAL_V6.contains(address) && NOT_PUBLIC_V6.stream().noneMatch(network -> network.contains(address));
    }

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(Network::of).toList();
    }
}
