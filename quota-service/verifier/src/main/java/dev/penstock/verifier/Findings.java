package dev.penstock.verifier;

import java.util.ArrayList;
import java.util.List;

/** What one run has come upon so far. */
final class Findings {

    private final List<Finding> findings = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    void add(Finding.Kind kind, long at, String sentence) {
        findings.add(new Finding(kind, at, sentence));
    }

    void remark(String sentence) {
        if (remarks.size() < Limits.REMARKS) {
            remarks.add(sentence);
        }
    }

    /** Whether to stop looking: who made a thousand alterations need not be told of each. */
    boolean full() {
        return findings.size() >= Limits.FINDINGS;
    }

    boolean none() {
        return findings.isEmpty();
    }

    List<String> remarks() {
        return remarks;
    }

    Verdict.Broken broken() {
        return new Verdict.Broken(findings, !full());
    }
}
