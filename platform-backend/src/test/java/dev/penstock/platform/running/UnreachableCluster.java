package dev.penstock.platform.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Credentials for a cluster that never answers: slices wait in the queue, which is all that tests without a cluster need. */
final class UnreachableCluster {

    private UnreachableCluster() {}

    /** Port 1 of the loopback address: refused at once. */
    static Path kubeconfig() {
        try {
            Path file = Files.createTempFile("kubeconfig", ".yaml");
            file.toFile().deleteOnExit();
            Files.writeString(file, """
                    apiVersion: v1
                    kind: Config
                    current-context: nowhere
                    clusters:
                    - name: nowhere
                      cluster: {server: "http://127.0.0.1:1"}
                    users:
                    - name: nobody
                      user: {token: none}
                    contexts:
                    - name: nowhere
                      context: {cluster: nowhere, user: nobody}
                    """);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
