package dev.penstock.platform.ssh;

import dev.penstock.contract.Problem;
import dev.penstock.frame.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Signs keys of people: OpenSSH's certificates (PROTOCOL.certkeys), of Ed25519 alone. */
@Component
public class SshAuthority {

    private static final String TYPE = "ssh-ed25519-cert-v01@openssh.com";
    private static final int USER = 1;
    /** Clocks of clusters differ. */
    private static final Duration EARLIER = Duration.ofMinutes(1);

    private final @Nullable AuthorityKey key;
    private final Supplier<UUID> ids;
    private final Clock clock;

    SshAuthority(SshSettings settings, Supplier<UUID> ids, Clock clock) {
        this.key = settings.authorityKeyFile() == null ? null : AuthorityKey.read(settings.authorityKeyFile());
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * A certificate, and what is to be known of it.
     *
     * @param line of a file that ends with {@code -cert.pub}
     * @param fingerprint of the key that was signed
     */
    public record Signed(String line, long serial, String fingerprint, Instant until) {}

    /** What servers trust, as a line; empty: this installation has none. */
    public Optional<String> publicKey() {
        return Optional.ofNullable(key).map(known -> known.open().line());
    }

    /**
     * @param publicKey a line as {@code ssh-keygen} writes it
     * @param principal the only name it is good for
     * @param identity whose it is, for the server's log
     * @throws ProblemException {@code invalid_input} if it is no Ed25519 key, {@code wrong_state} where there is no authority
     */
    public Signed sign(String publicKey, String principal, String identity, Duration life) {
        if (key == null) {
            throw new ProblemException(Problem.WRONG_STATE, "This installation signs no SSH certificates.");
        }
        SshPublicKey theirs = parse(publicKey);
        long serial = ids.get().getMostSignificantBits() & Long.MAX_VALUE;
        Instant now = clock.instant();
        Instant until = now.plus(life);
        SshWire certificate = new SshWire()
                .string(TYPE)
                .string(nonce())
                .string(theirs.point())
                .uint64(serial)
                .uint32(USER)
                .string(identity)
                .string(new SshWire().string(principal).bytes())
                .uint64(now.minus(EARLIER).getEpochSecond())
                .uint64(until.getEpochSecond())
                .string("")
                .string(extensions())
                .string("")
                .string(key.open().blob());
        byte[] signature = new SshWire().string(SshPublicKey.TYPE).string(key.sign(certificate.bytes())).bytes();
        String line = TYPE + " " + Base64.getEncoder().encodeToString(certificate.string(signature).bytes());
        return new Signed(line, serial, theirs.fingerprint(), until);
    }

    private static SshPublicKey parse(String line) {
        try {
            return SshPublicKey.parse(line);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(Problem.INVALID_INPUT, "publicKey: the line of an Ed25519 key, as in ~/.ssh/id_ed25519.pub; ssh-keygen -t ed25519 makes one.", e);
        }
    }

    /** Forwarding ports is how editors reach what they start there; agents and displays stay at home. By name, as the format wants it. */
    private static byte[] extensions() {
        return new SshWire().string("permit-port-forwarding").string("").string("permit-pty").string("").bytes();
    }

    private byte[] nonce() {
        UUID one = ids.get();
        UUID two = ids.get();
        return new SshWire().uint64(one.getMostSignificantBits()).uint64(one.getLeastSignificantBits())
                .uint64(two.getMostSignificantBits()).uint64(two.getLeastSignificantBits()).bytes();
    }
}
