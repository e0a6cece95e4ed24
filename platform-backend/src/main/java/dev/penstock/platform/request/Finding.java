package dev.penstock.platform.request;

import dev.penstock.contract.Problem;
import dev.penstock.contract.platform.PolicyCheck;
import dev.penstock.contract.platform.PolicyCheck.Result;
import dev.penstock.frame.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing policy looked at, and what a refusal by it would say to a program.
 *
 * @param problem which one it is when it refuses
 * @param numbers members of that problem: the limit, what is used, what was asked, who owns it, when it resets
 */
record Finding(PolicyCheck check, Problem problem, Map<String, Object> numbers) {

    /** Whoever may change a limit or a policy. */
    static final String OWNER = "administrators";

    static Finding of(String rule, Result result, String sentence, Problem problem) {
        return new Finding(new PolicyCheck(rule, result, sentence), problem, Map.of("rule", rule, "owner", OWNER));
    }

    Finding with(String name, @Nullable Object value) {
        Map<String, Object> more = new LinkedHashMap<>(numbers);
        if (value != null) {
            more.put(name, value);
        }
        return new Finding(check, problem, more);
    }

    boolean refuses() {
        return check.result() == Result.REFUSED;
    }

    ProblemException refusal() {
        ProblemException refusal = new ProblemException(problem, check.sentence());
        numbers.forEach(refusal::with);
        return refusal;
    }
}
