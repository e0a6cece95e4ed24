package dev.penstock.quota.journal;

/** Told before each step: production counts, tests stop the program here. */
@FunctionalInterface
public interface Steps {

    void at(Step step);
}
