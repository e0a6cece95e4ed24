package dev.penstock.platform.workspace;

import dev.penstock.contract.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A secret that a browser holds: a ticket, or a session; or a certificate that was signed. It names its tenant, so that it is looked for among that tenant's rows and no others. */
record Token(TenantId tenant, String text) {

    private static final int UUID_LENGTH = 36;
    private static final Pattern TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.[0-9a-f]{64}");

    /** Two random ids: 244 random bits. */
    static Token random(TenantId tenant, Supplier<UUID> ids) {
        return new Token(tenant, tenant + "." + (ids.get() + "" + ids.get()).replace("-", ""));
    }

    /** That of a certificate, which is no secret and proves nothing: no browser can send its like. */
    static Token ofCertificate(TenantId tenant, long serial) {
        return new Token(tenant, "certificate " + tenant + " " + serial);
    }

    /** Empty: it is none of ours. */
    static Optional<Token> parse(@Nullable String text) {
        return text == null || !TEXT.matcher(text).matches()
                ? Optional.empty()
                : Optional.of(new Token(new TenantId(UUID.fromString(text.substring(0, UUID_LENGTH))), text));
    }

    /** What is kept of it. */
    byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Stays out of logs. */
    @Override
    public String toString() {
        return "Token of tenant " + tenant;
    }
}
