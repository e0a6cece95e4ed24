package dev.penstock.quota;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.penstock.frame.audit.Audited;
import dev.penstock.frame.testing.HouseRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.web.bind.annotation.RestController;

class ArchitectureTest {

    private static final JavaClasses CLASSES = HouseRules.productionClasses("dev.penstock.quota");

    static Stream<ArchRule> rules() {
        return Stream.concat(HouseRules.rules("dev.penstock.quota").stream(), Stream.of(
                HouseRules.noFloatingPoint("..quota.reservation..", "..quota.limit..", "..quota.calendar..",
                        "..quota.admission..", "..quota.allotment..", "..quota.journal..", "..quota.settlement..", "..quota.ledger..", "..quota.rating..", "..quota.usage..", "..quota.billing..", "..quota.writeoff.."),
                noClasses().should().dependOnClassesThat().resideInAnyPackage(
                                "dev.penstock.platform..", "dev.penstock.contract.platform..", "dev.penstock.ui..", "dev.penstock.simulators..", "dev.penstock.standalone..")
                        .because("the data path survives a dead control plane, and nothing simulated is in production"),
                noClasses().should().dependOnClassesThat().resideInAnyPackage("jakarta.persistence..", "org.springframework.data..", "org.hibernate..", "io.fabric8..", "com.vaadin.."),
                classes().that().resideInAPackage("..quota.calendar..").should().onlyDependOnClassesThat().resideInAnyPackage(
                        "java..", "org.jspecify..", "org.springframework.modulith..", "dev.penstock.contract.quota..", "..quota.calendar.."),
                classes().that().resideInAnyPackage("..quota.ledger..", "..quota.rating..").should().onlyDependOnClassesThat().resideInAnyPackage(
                        "java..", "org.jspecify..", "org.springframework..", "tools.jackson..", "dev.penstock.contract..", "..quota.ledger..", "..quota.rating..")
                        .because("they are leaves"),
                noClasses().that().resideInAPackage("..quota.gateway..").should().dependOnClassesThat().resideInAnyPackage(
                                "java.sql..", "org.springframework.jdbc..", "org.springframework.transaction..", "dev.penstock.frame.jobs..")
                        .because("the data path runs on event loops and never waits for a database"),
                noClasses().that().resideInAPackage("..quota.journal..")
                        .and().haveNameMatching(".*\\.(FileHeader|RecordFormat|Fields|EndFormat|IntentFormat|SlotFormat|SegmentImage|ProgressImage|Replay)(\\$.*)?")
                        .should().dependOnClassesThat().resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.util.concurrent..", "org.springframework..")
                        .orShould().dependOnClassesThat().areAssignableTo(java.time.Clock.class)
                        .because("what the journal's bytes mean can be tried without a disk, at every byte"),
                methods().that().areDeclaredInClassesThat().areAnnotatedWith(RestController.class)
                        .and().arePublic().should().beAnnotatedWith(Audited.class)
                        .because("a refusal of every operation has a name in the trail")));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(CLASSES);
    }

    @Test
    void packagesUseOnlyEachOthersFaces() {
        ApplicationModules.of(QuotaService.class).verify();
    }
}
