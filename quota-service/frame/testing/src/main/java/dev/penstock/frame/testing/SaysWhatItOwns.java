package dev.penstock.frame.testing;

import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.Slice;

/** A package has a {@code package-info} that is null-marked; its words are for people to check. */
final class SaysWhatItOwns extends ArchCondition<Slice> {

    SaysWhatItOwns() {
        super("have a null-marked package-info");
    }

    @Override
    public void check(Slice slice, ConditionEvents events) {
        slice.stream().map(type -> type.getPackage()).distinct().forEach(owner -> {
            boolean marked = owner.tryGetPackageInfo()
                    .map(info -> info.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                    .orElse(false);
            if (!marked) {
                events.add(SimpleConditionEvent.violated(owner, owner.getName() + " has no null-marked package-info.java"));
            }
        });
    }
}
