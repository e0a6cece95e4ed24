package dev.penstock.bench;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.penstock.frame.testing.HouseRules;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HouseRulesTest {

    private static final String ROOT = "dev.penstock.bench";
    private static final JavaClasses CLASSES = HouseRules.productionClasses(ROOT);

    static Stream<ArchRule> rules() {
        return Stream.concat(HouseRules.rules(ROOT).stream(), Stream.of(
                ArchRuleDefinition.classes().that().resideInAnyPackage(ROOT + ".load..", ROOT + ".measure..")
                        .should().onlyDependOnClassesThat().resideInAnyPackage("java..", "org.jspecify..", "org.HdrHistogram..", ROOT + ".load..", ROOT + ".measure..")
                        .because("what measures has nothing in common with what is measured")));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theHouseRulesHold(ArchRule rule) {
        rule.check(CLASSES);
    }
}
