package dev.penstock.standalone.postgres;

import java.nio.file.Path;

/**
 * @param folder where the data lie
 * @param programs where PostgreSQL's programs are unpacked; may be emptied while the server is down
 * @param log what the server has to say
 * @param port on the loopback address
 * @param password of the administrator {@link PostgresServer#ADMIN}
 */
public record PostgresSettings(Path folder, Path programs, Path log, int port, String password) {

    /** Secrets do not go into logs. */
    @Override
    public String toString() {
        return "PostgresSettings[folder=" + folder + ", port=" + port + "]";
    }
}
