package dev.penstock.standalone;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.penstock.frame.testing.HouseRules;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HouseRulesTest {

    private static final String ROOT = "dev.penstock.standalone";
    private static final JavaClasses CLASSES = HouseRules.productionClasses(ROOT);

    static Stream<ArchRule> rules() {
        return HouseRules.rules(ROOT).stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theHouseRulesHold(ArchRule rule) {
        rule.check(CLASSES);
    }
}
