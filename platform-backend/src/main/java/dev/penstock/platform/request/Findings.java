package dev.penstock.platform.request;

import dev.penstock.contract.platform.PolicyCheck;
import dev.penstock.contract.platform.PolicyCheck.Result;
import dev.penstock.frame.problem.ProblemException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Everything policy looked at, in the order people read it. */
record Findings(List<Finding> all) {

    Findings {
        all = List.copyOf(all);
    }

    /** The worst of them decides. */
    Result outcome() {
        return all.stream().map(finding -> finding.check().result()).max(Comparator.naturalOrder()).orElse(Result.NEEDS_APPROVAL);
    }

    Findings and(Finding more) {
        return new Findings(Stream.concat(all.stream(), Stream.of(more)).toList());
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
