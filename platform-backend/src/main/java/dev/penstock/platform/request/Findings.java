package dev.penstock.platform.request;

import dev.penstock.contract.platform.PolicyCheck;
import dev.penstock.contract.platform.PolicyCheck.Result;
import dev.penstock.frame.problem.ProblemException;
import java.util.Comparator;
import java.util.List;

/** Everything policy looked at, in the order people read it. */
record Findings(List<Finding> all) {

    Findings {
        all = List.copyOf(all);
    }

    /** The worst of them decides. */
    Result outcome() {
        return all.stream().map(finding -> finding.check().result()).max(Comparator.naturalOrder()).orElse(Result.NEEDS_APPROVAL);
    }

    List<PolicyCheck> checks() {
        return all.stream().map(Finding::check).toList();
    }

    /** @throws ProblemException of the first finding that refuses */
    void requireGrantable() {
        all.stream().filter(Finding::refuses).findFirst().ifPresent(finding -> {
            throw finding.refusal();
        });
    }
}
