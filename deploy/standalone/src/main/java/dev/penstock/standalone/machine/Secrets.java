package dev.penstock.standalone.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** The keys and passwords of one installation: each made when it is first asked for, one file each, readable by its owner only. */
public final class Secrets {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.-]*");
    private static final int PASSWORD_BYTES = 24;
    private static final int KEY_BYTES = 32;
    private static final int FIRST_VERSION = 1;

    private final Path folder;
    private final SecureRandom random;

    public Secrets(Path folder, SecureRandom random) {
        this.folder = folder;
        this.random = random;
    }

    /** A password of 192 random bits, in letters that need no quoting anywhere. */
    public String password(String name) {
        return read(file(name, this::newPassword));
    }

    /** A private key as PKCS #8 in PEM. */
    public Path rsaKey(String name) {
        return file(name, () -> newKey("RSA"));
    }

    /** A private key as PKCS #8 in PEM. */
    public Path ed25519Key(String name) {
        return file(name, () -> newKey("Ed25519"));
    }

    /** A file of versioned keys with one in it: a line of version and 256 random bits in base64. */
    public Path keyRing(String name) {
        return file(name, this::newKeyRing);
    }

    /** Where a secret lies; it is made if need be. */
    public Path passwordFile(String name) {
        return file(name, this::newPassword);
    }

    private Path file(String name, Maker maker) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name for a secret: " + name);
        }
        Path file = folder.resolve(name);
        try {
            if (!Files.exists(file)) {
                PrivateFiles.folder(folder);
                PrivateFiles.write(file, maker.make());
            }
            return file;
        } catch (IOException e) {
            throw StartFailure.of("writing the secret " + file, e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw StartFailure.of("reading the secret " + file, e);
        }
    }

    private String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private String newKeyRing() {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return FIRST_VERSION + " " + Base64.getEncoder().encodeToString(bytes) + "\n";
    }

    private String newKey(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if ("RSA".equals(algorithm)) {
                generator.initialize(2048, random);
            }
            byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
            return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new StartFailure("This Java cannot make keys of the kind " + algorithm + ": use a complete JDK 25 or later.", e);
        }
    }

    private interface Maker {
        String make();
    }
}
