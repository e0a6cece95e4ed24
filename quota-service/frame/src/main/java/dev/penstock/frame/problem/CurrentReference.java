package dev.penstock.frame.problem;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/** The reference of the request that the running thread answers: shown to people, written to the log and to the trail. */
@Component
public final class CurrentReference {

    static final String KEY = "reference";

    /** @return null outside of a request */
    public @Nullable String find() {
        return MDC.get(KEY);
    }

    public String get() {
        return Optional.ofNullable(MDC.get(KEY)).orElse("-");
    }
}
