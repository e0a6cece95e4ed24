package dev.penstock.contract.platform;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * @param publicKey a line as {@code ssh-keygen -t ed25519} writes it into a file that ends with {@code .pub}
 * @param minutes how long the certificate is to be good
 */
public record SshKeySpec(@NotNull @Size(max = 1000) String publicKey, @Min(5) @Max(SshKeySpec.MOST_MINUTES) int minutes) {

    public static final int MOST_MINUTES = 720;
}
