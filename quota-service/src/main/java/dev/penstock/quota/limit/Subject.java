package dev.penstock.quota.limit;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.LimitSpec;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.frame.problem.ProblemException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is limited. There is one limit for each, and it never changes what it limits.
 *
 * @param project null: the tenant as a whole
 * @param key null: no key's own
 * @param person the subject of somebody's sign-in; null: nobody's own
 * @param profile what slices are counted of; null for all else
 * @param models the only ones that count, sorted, none twice; null: all
 */
record Subject(
        @Nullable ProjectId project, @Nullable KeyId key, @Nullable String person, Meter meter, @Nullable String profile, @Nullable List<String> models,
        Window window) {

    /** Slices and their time are counted in 63 bits. */
    private static final int SLICE_BITS = 63;

    /** @throws ProblemException {@code invalid_input} for a combination that counts nothing */
    static Subject of(LimitSpec spec) {
        boolean slices = spec.meter() == Meter.SLICES;
        if (slices != (spec.profile() != null)) {
            throw invalid(slices ? "profile: slices are limited by profile; name one." : "profile: only slices are limited by profile.");
        }
        if (spec.profile() != null && spec.profile().isBlank()) {
            throw invalid("profile: must not be blank.");
        }
        checkOwner(spec);
        if (!counts(spec.meter(), spec.window())) {
            throw invalid("window: " + spec.meter() + " is not limited by " + spec.window() + ".");
        }
        if (!spec.meter().countsCalls() && spec.amount() != null && spec.amount().bitLength() > SLICE_BITS) {
            throw invalid("amount: more than can be counted.");
        }
        return new Subject(spec.project(), spec.key(), spec.person(), spec.meter(), spec.profile(), models(spec), spec.window());
    }

    private static void checkOwner(LimitSpec spec) {
        if (spec.key() != null && spec.project() == null) {
            throw invalid("project: a limit on a key names the key's project too.");
        }
        if (spec.key() != null && !spec.meter().countsCalls()) {
            throw invalid("key: a key holds no slices; limit its calls, tokens or money.");
        }
        if (spec.person() != null && spec.project() == null) {
            throw invalid("project: a limit on a person names the project in which it limits them.");
        }
        if (spec.person() != null && spec.key() != null) {
            throw invalid("person: a call is made with a key or by a person; limit one of them.");
        }
        if (spec.person() != null && spec.person().isBlank()) {
            throw invalid("person: must not be blank.");
        }
        if (spec.person() != null && !spec.meter().countsCalls()) {
            throw invalid("person: slices are limited for a project; limit the calls, tokens or money of a person.");
        }
    }

    private static @Nullable List<String> models(LimitSpec spec) {
        List<String> models = spec.models();
        if (models == null) {
            return null;
        }
        if (!spec.meter().countsCalls()) {
            throw invalid("models: slices and their time are not limited by model.");
        }
        List<String> sorted = models.stream().sorted().distinct().toList();
        if (sorted.size() < models.size()) {
            throw invalid("models: one stands twice.");
        }
        if (sorted.stream().anyMatch(String::isBlank)) {
            throw invalid("models: must not be blank.");
        }
        return sorted;
    }

    private static boolean counts(Meter meter, Window window) {
        return switch (meter) {
            case SLICES, CONCURRENCY -> window == Window.NOW;
            case GPU_TIME -> window == Window.MONTH;
            case REQUESTS, TOKENS_INPUT, TOKENS_OUTPUT, TOKENS, MONEY -> window != Window.NOW;
        };
    }

    /** On what it stands, in a word. */
    String level() {
        return key != null ? "key" : person != null ? "person" : project != null ? "project" : "tenant";
    }

    /** For example {@code slices of h100-80.whole}, {@code tokens a month for qwen2.5-7b-instruct}. */
    String title() {
        return models == null ? counted() : counted() + " for " + String.join(", ", models);
    }

    private String counted() {
        return switch (meter) {
            case SLICES -> "slices of " + Objects.requireNonNull(profile);
            case GPU_TIME -> "GPU time" + every();
            case REQUESTS -> "calls" + every();
            case TOKENS_INPUT -> "input tokens" + every();
            case TOKENS_OUTPUT -> "output tokens" + every();
            case TOKENS -> "tokens" + every();
            case MONEY -> "money" + every();
            case CONCURRENCY -> "calls at a time";
        };
    }

    private String every() {
        return switch (window) {
            case NOW -> " at a time";
            case MINUTE -> " a minute";
            case HOUR -> " an hour";
            case DAY -> " a day";
            case MONTH -> " a month";
            case LIFE -> " in all";
        };
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(Problem.INVALID_INPUT, detail);
    }
}
