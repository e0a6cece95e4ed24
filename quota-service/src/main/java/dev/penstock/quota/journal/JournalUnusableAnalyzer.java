package dev.penstock.quota.journal;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Makes a refused start two sentences instead of a stack trace. */
final class JournalUnusableAnalyzer extends AbstractFailureAnalyzer<JournalUnusable> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, JournalUnusable cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.next(), cause);
    }
}
