package dev.penstock.frame.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network of addresses of one family, written as in {@code 10.2.0.0/16}. IPv4 written inside of IPv6 is IPv4, here and wherever an address is read.
 *
 * @param bits how many of the first one count
 */
public record Network(InetAddress first, int bits) {

    private static final int LONGEST = 45;
    /** Four decimal numbers without a leading zero, which some read as octal. */
    private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]+(:\\d+\\.\\d+\\.\\d+\\.\\d+)?");
    private static final Pattern LENGTH = Pattern.compile("0|[1-9]\\d{0,2}");
    /** What stands before an IPv4 address inside of an IPv6 one. */
    private static final int MAPPED = 96;

    public Network {
        int most = first.getAddress().length * Byte.SIZE;
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException("a network of " + first.getHostAddress() + " has 0 to " + most + " bits");
        }
        if (!prefix(first, bits).equals(first)) {
            throw new IllegalArgumentException(first.getHostAddress() + "/" + bits + " has bits beyond the network's; write " + prefix(first, bits).getHostAddress() + "/" + bits);
        }
    }

    /** @throws IllegalArgumentException with words for a person */
    public static Network of(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        InetAddress address = address(literal)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no address and no network, such as 10.2.0.0/16 or 2001:db8::/32"));
        int all = address.getAddress().length * Byte.SIZE;
        if (slash < 0) {
            return new Network(address, all);
        }
        String length = text.substring(slash + 1);
        if (!LENGTH.matcher(length).matches()) {
            throw new IllegalArgumentException("'" + text + "' does not say after its slash how many bits count");
        }
        boolean mapped = address instanceof Inet4Address && literal.indexOf(':') >= 0;
        return new Network(address, Integer.parseInt(length) - (mapped ? MAPPED : 0));
    }

    /** Of a literal alone: a name is never looked up. Empty for everything else, also for one with a zone. */
    public static Optional<InetAddress> address(String literal) {
        if (literal.length() > LONGEST || !(IPV4.matcher(literal).matches() || literal.indexOf(':') >= 0 && IPV6.matcher(literal).matches())) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress address) {
        return address.getAddress().length == first.getAddress().length && prefix(address, bits).equals(first);
    }

    private static InetAddress prefix(InetAddress address, int bits) {
        byte[] bytes = address.getAddress();
        for (int each = 0; each < bytes.length; each++) {
            int kept = Math.clamp(bits - each * (long) Byte.SIZE, 0, Byte.SIZE);
            bytes[each] &= (byte) (0xFF << (Byte.SIZE - kept));
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address is as long as it was", e);
        }
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + bits;
    }
}
