package dev.penstock.frame.secret;

import dev.penstock.frame.MissingSetting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Versions of one secret key, from a file with a line {@code <version> <32 bytes in base64>} for each. The newest is used for what is new;
 * the others stay as long as anything was made with them.
 */
public final class KeyRing {

    private static final int KEY_BYTES = 32;
    private static final int MOST_BYTES = 16 << 10;

    private final TreeMap<Integer, SecretKey> keys;

    private KeyRing(TreeMap<Integer, SecretKey> keys) {
        this.keys = keys;
    }

    /**
     * @param setting the property that names the file, for whoever has to mend it
     * @param algorithm what the keys are for, such as {@code AES}
     * @throws MissingSetting if there is no such file, or something else in it; its content is not repeated
     */
    public static KeyRing read(@Nullable Path file, String setting, String algorithm) {
        Path given = require(file, setting);
        TreeMap<Integer, SecretKey> keys = new TreeMap<>();
        for (String line : content(given, setting).lines().map(String::strip).filter(line -> !line.isEmpty()).toList()) {
            Map.Entry<Integer, SecretKey> key = key(line, algorithm).orElseThrow(() -> broken(given, setting));
            if (keys.put(key.getKey(), key.getValue()) != null) {
                throw broken(given, setting);
            }
        }
        if (keys.isEmpty()) {
            throw broken(given, setting);
        }
        return new KeyRing(keys);
    }

    /** @throws MissingSetting if the property names none; it says how to make one */
    public static Path require(@Nullable Path file, String setting) {
        return MissingSetting.require(file, setting, howTo());
    }

    public int newest() {
        return keys.lastKey();
    }

    /** Empty: the version is not in the file any more. */
    public Optional<SecretKey> version(int version) {
        return Optional.ofNullable(keys.get(version));
    }

    private static String content(Path file, String setting) {
        try {
            if (Files.size(file) <= MOST_BYTES) {
                return Files.readString(file, StandardCharsets.ISO_8859_1);
            }
        } catch (IOException e) {
            throw new MissingSetting(setting + " (as a file that can be read)", "There is no file " + file + " that this program may read.");
        }
        throw broken(file, setting);
    }

    private static Optional<Map.Entry<Integer, SecretKey>> key(String line, String algorithm) {
        String[] words = line.split(" +");
        if (words.length != 2 || !words[0].matches("[1-9][0-9]{0,8}")) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(words[1]);
            return bytes.length == KEY_BYTES
                    ? Optional.of(Map.entry(Integer.valueOf(words[0]), new SecretKeySpec(bytes, algorithm)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static MissingSetting broken(Path file, String setting) {
        return new MissingSetting(setting + " (as a file of keys)", "In " + file + " each line must be a version and 32 bytes in base64. " + howTo());
    }

    private static String howTo() {
        return "Make one with: echo \"1 $(openssl rand -base64 32)\" > FILE, readable by this program alone, and set it to that file.";
    }
}
