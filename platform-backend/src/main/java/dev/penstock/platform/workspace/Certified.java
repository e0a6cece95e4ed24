package dev.penstock.platform.workspace;

import dev.penstock.platform.provisioning.Doors;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.platform.ssh.SshAuthority;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/**
 * What a certificate says of whoever shows it: which workspace, and which line in our books. It says so truly only if it was signed by our authority, which is for
 * whoever makes one of it to see.
 */
record Certified(SliceKey key, long serial) {

    /**
     * What the key proves: that it is a certificate of ours for a person, in its time, for this name and no other, on no condition that nobody here looks at. The
     * library has found its signature, and that of whoever shows it, to be right before it asks.
     */
    static Optional<Certified> of(String name, PublicKey shown, SshAuthority authority, Instant now) {
        if (!(shown instanceof OpenSshCertificate certificate)
                || certificate.getType() != OpenSshCertificate.Type.USER
                || !List.copyOf(certificate.getPrincipals()).equals(List.of(name))
                || !certificate.getCriticalOptions().isEmpty()
                || !OpenSshCertificate.isValidAt(certificate, now)
                || !isOurs(certificate.getCaPubKey(), authority)) {
            return Optional.empty();
        }
        return Doors.ofPrincipal(name).map(key -> new Certified(key, certificate.getSerial()));
    }

    private static boolean isOurs(PublicKey signer, SshAuthority authority) {
        return authority.publicKey().map(Certified::read).filter(ours -> KeyUtils.compareKeys(ours, signer)).isPresent();
    }

    private static PublicKey read(String line) {
        try {
            return PublicKeyEntry.parsePublicKeyEntry(line).resolvePublicKey(null, null, null);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("our own authority's key", e);
        }
    }

    Token token() {
        return Token.ofCertificate(key.tenant(), serial);
    }

    String label() {
        return Hosts.label(key);
    }
}
