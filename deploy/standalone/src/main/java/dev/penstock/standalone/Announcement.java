package dev.penstock.standalone;

import dev.penstock.standalone.login.Persona;
import java.nio.file.Path;

/** What one reads when everything runs. */
final class Announcement {

    private Announcement() {}

    static String of(Installation installation, Path runFile, double seconds) {
        StringBuilder text = new StringBuilder();
        text.append("\nPenstock is ready after %.1f s. Open  %s%n%n".formatted(seconds, installation.portal()));
        text.append("  Sign in as one of these, one click each, no password:\n");
        for (Persona persona : Persona.development()) {
            text.append("    %-11s %s%n".formatted(persona.login(), persona.does()));
        }
        text.append("""

                  Try: as scientist ask for a slice or an endpoint; as admin (another browser profile) approve it; watch it come up.
                       As auditor open the audit trail, verify it, export it, then  ./penstock verify FILE

                  platform-backend   %s
                  quota-service      %s
                  gateway            %s   OpenAI-compatible; docs/calling.md shows curl, Python, JavaScript, Java
                  workspaces         %s   each on a host of its own below it, opened from the portal
                  sign-in            %s
                  simulated cluster  %s   kubectl --kubeconfig %s get pods -A
                  database           %s
                  logs               %s
                  for scripts        %s   (addresses, clients and their secrets)

                A call of your own:
                  SECRET=$(cat %s)
                  TOKEN=$(curl -s -u "script-scientist:$SECRET" -d grant_type=client_credentials %s | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
                  curl -s -H "Authorization: Bearer $TOKEN" -H "x-penstock-project: %s" -H "Content-Type: application/json" \\
                    -d '{"model":"%s","messages":[{"role":"user","content":"Hello!"}]}' %s/v1/chat/completions

                The whole story in one breath, on what runs here: ./penstock demo

                Ctrl-C stops everything; data stay in %s
                """
                .formatted(
                        installation.platformBackend(), installation.quotaService(), installation.gateway(), installation.workspaces(), installation.issuer(), installation.cluster(), installation.kubeconfig(),
                        installation.databaseUrl(), installation.folder().logs(), runFile,
                        installation.secrets().passwordFile("client-script-scientist"), installation.tokenUri(),
                        DevelopmentIds.project("research-vision"), DevelopmentModels.CHAT, installation.gateway(),
                        installation.folder().root()));
        return text.toString();
    }
}
