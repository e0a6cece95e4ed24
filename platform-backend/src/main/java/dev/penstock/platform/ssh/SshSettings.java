package dev.penstock.platform.ssh;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param authorityKeyFile an Ed25519 key, PKCS#8 as PEM, that signs certificates; null: there are no workspaces that are reached by SSH */
@ConfigurationProperties(prefix = "penstock.ssh", ignoreUnknownFields = false)
record SshSettings(@Nullable Path authorityKeyFile) {}
