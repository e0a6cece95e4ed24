package dev.penstock.quota.alias;

import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The aliases that count, from memory. Every method throws {@link ProblemException} when the copy is too old to be trusted. */
@Component
public class Aliases {

    private final TableCopy<String, Alias> copy;

    Aliases(TableCopy<String, Alias> copy) {
        this.copy = copy;
    }

    /** Empty also for one that is withdrawn. */
    public Optional<Alias> find(String name) {
        return Optional.ofNullable(copy.current().get(name)).filter(alias -> !alias.withdrawn());
    }

    /** All that are not withdrawn, in no order. */
    public List<Alias> all() {
        return copy.current().values().stream().filter(alias -> !alias.withdrawn()).toList();
    }
}
