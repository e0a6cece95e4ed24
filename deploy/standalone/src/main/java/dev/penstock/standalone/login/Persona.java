package dev.penstock.standalone.login;

import java.util.List;

/**
 * Somebody who can sign in.
 *
 * @param login what identifies them: the subject of their tokens
 * @param name what people read
 * @param groups from which Penstock derives what they may do
 * @param does what they are for, in a few words
 */
public record Persona(String login, String name, List<String> groups, String does) {

    public Persona {
        groups = List.copyOf(groups);
    }

    /** The client whose tokens are this persona's, for programs. */
    public String scriptClient() {
        return "script-" + login;
    }

    /** Two scientists of different tenants, and one person for each job above the tenants. */
    public static List<Persona> development() {
        return List.of(
                new Persona("scientist", "Dana Sommer", List.of("research-vision"), "data scientist of the tenant Research"),
                new Persona("scientist2", "Ravi Menon", List.of("risk-scoring"), "data scientist of the tenant Risk: another tenant"),
                new Persona("admin", "Alma Berg", List.of("penstock-admins"), "administrator: approves, sets quotas, sees every tenant"),
                new Persona("auditor", "Anton Weiss", List.of("penstock-auditors"), "auditor: reads and verifies the audit trail"),
                new Persona("finance", "Fiona Clarke", List.of("penstock-finance"), "finance: reads use and limits of every tenant"));
    }
}
