package dev.penstock.standalone.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Secrets of clients, kept as they are: each is 192 random bits in a file beside this process, and nobody else holds it. A hash that is
 * slow on purpose, which the server changes to when it is left to itself, would cost more than all the rest of a token and protect nothing.
 */
final class RandomSecrets implements PasswordEncoder {

    @Override
    public String encode(@Nullable CharSequence secret) {
        return Objects.requireNonNull(secret, "a secret").toString();
    }

    @Override
    public boolean matches(@Nullable CharSequence given, @Nullable String kept) {
        return given != null && kept != null && !kept.isEmpty() && MessageDigest.isEqual(bytes(given), bytes(kept));
    }

    private static byte[] bytes(CharSequence secret) {
        return secret.toString().getBytes(StandardCharsets.UTF_8);
    }
}
