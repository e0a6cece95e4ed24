package dev.penstock.platform.provisioning;

import dev.penstock.platform.slice.SliceKey;

/** Told before each step of the reconciler: production counts, tests stop the program here. */
@FunctionalInterface
interface Steps {

    void at(Step step, SliceKey slice);
}
