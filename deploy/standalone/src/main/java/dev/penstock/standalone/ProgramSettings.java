package dev.penstock.standalone;

import dev.penstock.db.DatabaseRole;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each program is configured with: what an operator would write into its settings on a cluster. */
final class ProgramSettings {

    private final Installation installation;
    private final Map<Part, Map<String, String>> further;
    private volatile @Nullable String prometheus;

    /** @param further settings that outrank these */
    ProgramSettings(Installation installation, Map<Part, Map<String, String>> further) {
        this.installation = installation;
        this.further = further;
    }

    /** From now on platform-backend asks there how much GPUs work. */
    void measuredBy(String url) {
        prometheus = url;
    }

    Map<String, String> of(Part program) {
        Map<String, String> settings = new LinkedHashMap<>();
        server(settings, program);
        settings.put("penstock.identity.issuer", installation.issuer());
        settings.put("penstock.identity.audience", Installation.AUDIENCE);
        settings.put("penstock.identity.admin-groups", "penstock-admins");
        settings.put("penstock.identity.auditor-groups", "penstock-auditors");
        settings.put("penstock.identity.finance-groups", "penstock-finance");
        switch (program) {
            case QUOTA_SERVICE -> quotaService(settings);
            case PLATFORM_BACKEND -> platformBackend(settings);
            case PLATFORM_UI -> portal(settings);
            case POSTGRES, LOGIN, CLUSTER -> throw new IllegalArgumentException(program + " is no program");
        }
        settings.putAll(further.getOrDefault(program, Map.of()));
        return settings;
    }

    /** Streams of changes stay open for minutes: a stop waits for them briefly, and clients resume. */
    private void server(Map<String, String> settings, Part program) {
        settings.put("server.address", "127.0.0.1");
        settings.put("server.port", Integer.toString(installation.port(program)));
        settings.put("spring.lifecycle.timeout-per-shutdown-phase", "2s");
        settings.put("logging.file.name", installation.log(program).toString());
    }

    private void quotaService(Map<String, String> settings) {
        database(settings, DatabaseRole.QUOTA_WEB, DatabaseRole.QUOTA_ORG, DatabaseRole.QUOTA_RESERVE, DatabaseRole.QUOTA_SNAPSHOT, DatabaseRole.QUOTA_SEAL,
                DatabaseRole.QUOTA_SETTLE);
        settings.put("penstock.keys.pepper-file", installation.pepper().toString());
        settings.put("penstock.routes.secrets-key-file", installation.engineKeysKey().toString());
        settings.put("penstock.audit.origin", Installation.AUDIT_ORIGIN);
        settings.put("penstock.audit.signing-key-file", installation.auditSigningKey().toString());
        settings.put("penstock.audit.checkpoint-file", installation.auditCheckpoints().toString());
        settings.put("penstock.journal.folder", installation.journal().toString());
        settings.put("penstock.gateway.port", Integer.toString(installation.ports().gateway()));
        settings.put("penstock.grants.gateway-address", installation.gateway() + "/v1");
    }

    private void platformBackend(Map<String, String> settings) {
        database(settings, DatabaseRole.PLATFORM_WEB, DatabaseRole.PLATFORM_ORG, DatabaseRole.PLATFORM_RECONCILE, DatabaseRole.PLATFORM_SNAPSHOT);
        settings.put("penstock.quota-service.url", installation.quotaService().toString());
        settings.put("penstock.quota-service.token-uri", installation.tokenUri());
        settings.put("penstock.quota-service.client-id", Installation.PLATFORM_BACKEND);
        settings.put("penstock.quota-service.client-secret", installation.clientSecret(Installation.PLATFORM_BACKEND));
        settings.put("penstock.cluster.kubeconfig", installation.kubeconfig().toString());
        settings.put("penstock.workspaces.address", installation.workspaces().toString());
        settings.put("penstock.workspaces.port", Integer.toString(installation.ports().workspaces()));
        settings.put("penstock.workspaces.portal", installation.portal().toString());
        settings.put("penstock.ssh.authority-key-file", installation.sshAuthorityKey().toString());
        settings.put("penstock.ssh-entrance.address", "127.0.0.1:" + installation.ports().ssh());
        settings.put("penstock.ssh-entrance.port", Integer.toString(installation.ports().ssh()));
        settings.put("penstock.ssh-entrance.host-key-file", installation.sshHostKey().toString());
        // The simulated MIG manager reads the ConfigMap itself: no kubelet has to bring a file up to date.
        settings.put("penstock.nodes.config-settles", "1s");
        String measured = prometheus;
        if (measured != null) {
            settings.put("penstock.idleness.prometheus", measured);
        }
    }

    private void portal(Map<String, String> settings) {
        settings.put("penstock.identity.client-id", Installation.PORTAL_CLIENT);
        settings.put("penstock.identity.client-secret", installation.clientSecret(Installation.PORTAL_CLIENT));
        settings.put("penstock.platform-backend.url", installation.platformBackend().toString());
        settings.put("penstock.quota-service.url", installation.quotaService().toString());
    }

    private void database(Map<String, String> settings, DatabaseRole... roles) {
        Map<DatabaseRole, String> passwords = installation.databasePasswords();
        settings.put("penstock.database.url", installation.databaseUrl());
        for (DatabaseRole role : roles) {
            String name = role.name();
            String pool = "penstock.database." + name.substring(name.indexOf('_') + 1).toLowerCase(Locale.ROOT);
            settings.put(pool + ".username", role.roleName());
            settings.put(pool + ".password", passwords.getOrDefault(role, ""));
        }
    }
}
