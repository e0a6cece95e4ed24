package dev.penstock.standalone;

import dev.penstock.db.DatabaseRole;
import dev.penstock.standalone.login.LoginSettings;
import dev.penstock.standalone.login.Persona;
import dev.penstock.standalone.login.ServiceClient;
import dev.penstock.standalone.machine.DataFolder;
import dev.penstock.standalone.machine.Ports;
import dev.penstock.standalone.machine.Secrets;
import dev.penstock.standalone.postgres.PostgresSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fixed facts of one installation: names, addresses, keys. Everything that is told to a part comes from here. */
record Installation(DataFolder folder, Ports ports, Secrets secrets, Duration tokenLife) {

    static final String AUDIENCE = "penstock";
    static final String DATABASE = "penstock";
    static final String PORTAL_CLIENT = "platform-ui";
    static final String AUDIT_ORIGIN = "localhost/penstock";
    static final String PLATFORM_BACKEND = "platform-backend";

    URI portal() {
        return URI.create("http://localhost:" + ports.portal());
    }

    URI platformBackend() {
        return URI.create("http://localhost:" + ports.platformBackend());
    }

    URI quotaService() {
        return URI.create("http://localhost:" + ports.quotaService());
    }

    URI gateway() {
        return URI.create("http://localhost:" + ports.gateway());
    }

    /** Each workspace has a host below it, which browsers take for this machine. */
    URI workspaces() {
        return URI.create("http://workspaces.localhost:" + ports.workspaces());
    }

    URI cluster() {
        return URI.create("http://127.0.0.1:" + ports.cluster());
    }

    String issuer() {
        return LoginSettings.issuer(ports.login());
    }

    String tokenUri() {
        return LoginSettings.tokenUri(issuer());
    }

    URI address(Part program) {
        return switch (program) {
            case PLATFORM_UI -> portal();
            case PLATFORM_BACKEND -> platformBackend();
            case QUOTA_SERVICE -> quotaService();
            case POSTGRES, LOGIN, CLUSTER -> throw new IllegalArgumentException(program + " is no program");
        };
    }

    int port(Part part) {
        return switch (part) {
            case POSTGRES -> ports.postgres();
            case LOGIN -> ports.login();
            case CLUSTER -> ports.cluster();
            case QUOTA_SERVICE -> ports.quotaService();
            case PLATFORM_BACKEND -> ports.platformBackend();
            case PLATFORM_UI -> ports.portal();
        };
    }

    Path log(Part part) {
        return folder.logs().resolve(part.key() + ".log");
    }

    Path kubeconfig() {
        return folder.run().resolve("kubeconfig");
    }

    String clusterToken() {
        return secrets.password("cluster-token");
    }

    PostgresSettings postgres() {
        return new PostgresSettings(
                folder.postgres(), folder.cache().resolve("postgresql-18.6"), log(Part.POSTGRES), ports.postgres(), secrets.password("database-admin"));
    }

    String databaseUrl() {
        return "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/" + DATABASE;
    }

    Map<DatabaseRole, String> databasePasswords() {
        Map<DatabaseRole, String> passwords = new EnumMap<>(DatabaseRole.class);
        for (DatabaseRole role : DatabaseRole.values()) {
            passwords.put(role, secrets.password("database-" + role.roleName()));
        }
        return passwords;
    }

    LoginSettings login() {
        Map<String, String> scripts = new LinkedHashMap<>();
        for (Persona persona : Persona.development()) {
            scripts.put(persona.login(), clientSecret(persona.scriptClient()));
        }
        return new LoginSettings(
                ports.login(),
                secrets.rsaKey("login-signing-key.pem"),
                tokenLife,
                AUDIENCE,
                Persona.development(),
                portal(),
                PORTAL_CLIENT,
                clientSecret(PORTAL_CLIENT),
                scripts,
                services());
    }

    /** The programs that act for themselves. */
    List<ServiceClient> services() {
        return List.of(platformBackendClient(), new ServiceClient("metrics", clientSecret("metrics"), Set.of("metrics.read")));
    }

    private ServiceClient platformBackendClient() {
        return new ServiceClient(PLATFORM_BACKEND, clientSecret(PLATFORM_BACKEND), Set.of("quota.registry", "quota.reservations", "quota.slice-time", "quota.routes"));
    }

    Path auditSigningKey() {
        return secrets.ed25519Key("audit-signing-key.pem");
    }

    /** Signs certificates for SSH. */
    Path sshAuthorityKey() {
        return secrets.ed25519Key("ssh-authority-key.pem");
    }

    /** By which the entrance for SSH is known again. */
    Path sshHostKey() {
        return secrets.ed25519Key("ssh-host-key.pem");
    }

    /** Proves keys; without it none of them is good any more. */
    Path pepper() {
        return secrets.keyRing("key-pepper");
    }

    /** What the keys of engines are encrypted under. */
    Path engineKeysKey() {
        return secrets.keyRing("engine-keys-key");
    }

    /** Outside the database, as an installation of one's own would keep it on another machine. */
    Path auditCheckpoints() {
        return folder.root().resolve("audit-checkpoints.txt");
    }

    /** The gateway's own record of calls that are not in the books. */
    Path journal() {
        return folder.root().resolve("journal");
    }

    String clientSecret(String client) {
        return secrets.password("client-" + client);
    }
}
