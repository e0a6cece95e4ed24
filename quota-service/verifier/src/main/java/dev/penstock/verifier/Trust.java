package dev.penstock.verifier;

import java.util.ArrayList;
import java.util.List;

/**
 * Which keys a verdict rests on. Keys that come with the file show only that the file agrees with itself: who rewrites a history can
 * bring a key of their own.
 *
 * @param keys what the file is checked with
 * @param foreign keys that came with the file and are not among those that the auditor holds
 * @param independent whether the auditor holds the keys
 */
record Trust(List<LogKey> keys, List<LogKey> foreign, boolean independent) {

    /**
     * @param brought by the file
     * @param held by the auditor; empty: none
     */
    static Trust in(List<LogKey> brought, List<LogKey> held) {
        if (held.isEmpty()) {
            return new Trust(brought, List.of(), false);
        }
        return new Trust(held, brought.stream().filter(key -> !held.contains(key)).toList(), true);
    }

    /** A key that the auditor does not know is an alteration, whatever it signed. */
    Verdict judge(Verdict verdict) {
        if (foreign.isEmpty()) {
            return verdict;
        }
        List<Finding> findings = new ArrayList<>();
        for (LogKey key : foreign) {
            findings.add(new Finding(Finding.Kind.KEY_NOT_HELD, findings.size() + 1L,
                    "The file comes with the key " + key.name() + " (id " + key.id() + "), which is not among the keys you hold."));
        }
        return switch (verdict) {
            case Verdict.Intact intact -> new Verdict.Broken(findings, true);
            case Verdict.Included included -> new Verdict.Broken(findings, true);
            case Verdict.Broken broken -> {
                findings.addAll(broken.findings());
                yield new Verdict.Broken(findings, broken.complete());
            }
        };
    }
}
