package dev.penstock.platform;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.penstock.frame.audit.Audited;
import dev.penstock.frame.testing.HouseRules;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.stereotype.Repository;
import org.springframework.web.bind.annotation.RestController;

/** The rules of the house, checked by a machine. */
class HouseTest {

    private static final JavaClasses CLASSES = HouseRules.productionClasses("dev.penstock.platform");
    private static final JavaClasses CONTRACTS = HouseRules.productionClasses("dev.penstock.contract");

    static List<ArchRule> rules() {
        return HouseRules.rules("dev.penstock.platform");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theRulesThatHoldEverywhere(ArchRule rule) {
        rule.check(CLASSES);
    }

    @Test
    void packagesKeepToTheirNeighboursAndTheirPublicFaces() {
        ApplicationModules.of(PlatformBackend.class).verify();
    }

    @Test
    void onlyOnePackageKnowsTheKubernetesClient() {
        noClasses().that().resideOutsideOfPackage("dev.penstock.platform.cluster.kubernetes..")
                .should().dependOnClassesThat(resideInAnyPackage("io.fabric8.."))
                .check(CLASSES);
    }

    @Test
    void onlyProvisioningSpeaksToTheCluster() {
        noClasses().that().resideOutsideOfPackages("dev.penstock.platform.cluster..", "dev.penstock.platform.provisioning..", "dev.penstock.platform.fleet..")
                .should().dependOnClassesThat(resideInAnyPackage("dev.penstock.platform.cluster.."))
                .check(CLASSES);
    }

    @Test
    void simulatorsScreensAndTestDatabasesAreNowhereNear() {
        noClasses().should().dependOnClassesThat(resideInAnyPackage(
                        "dev.penstock.simulators..", "dev.penstock.standalone..", "dev.penstock.db.testing..", "dev.penstock.quota..", "com.vaadin.."))
                .check(CLASSES);
    }

    @Test
    void everyOperationSaysHowItsRefusalIsNamedInTheTrail() {
        methods().that().areDeclaredInClassesThat().areAnnotatedWith(RestController.class)
                .and().arePublic()
                .should().beAnnotatedWith(Audited.class)
                .check(CLASSES);
    }

    @Test
    void theDatabaseIsReachedFromTheFeaturesOwnPackageOnly() {
        classes().that().areAnnotatedWith(Repository.class).or().areAnnotatedWith("jakarta.persistence.Entity")
                .should().notBePublic()
                .check(CLASSES);
    }

    @Test
    void contractsStandOnTheJdkAndAnnotationsAlone() {
        classes().that().resideInAPackage("dev.penstock.contract..")
                .should().onlyDependOnClassesThat(resideInAnyPackage(
                        "java..", "dev.penstock.contract..", "org.jspecify..", "jakarta.validation..", "com.fasterxml.jackson.annotation..", "org.springframework.web.."))
                .check(CONTRACTS);
    }
}
