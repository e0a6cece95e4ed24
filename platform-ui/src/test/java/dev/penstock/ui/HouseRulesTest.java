package dev.penstock.ui;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.vaadin.flow.component.dependency.CssImport;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.router.Route;
import dev.penstock.frame.testing.HouseRules;
import dev.penstock.ui.base.Screen;
import jakarta.annotation.security.PermitAll;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class HouseRulesTest {

    private static final String[] SCREENS = {
        "dev.penstock.ui.home..", "dev.penstock.ui.slice..", "dev.penstock.ui.newslice..", "dev.penstock.ui.approval..",
        "dev.penstock.ui.tenants..", "dev.penstock.ui.audit..", "dev.penstock.ui.catalogue..", "dev.penstock.ui.newendpoint..",
        "dev.penstock.ui.endpoint..", "dev.penstock.ui.playground..", "dev.penstock.ui.keys..", "dev.penstock.ui.usage..", "dev.penstock.ui.statement.."
    };

    private final JavaClasses portal = HouseRules.productionClasses("dev.penstock.ui");

    @TestFactory
    Stream<DynamicTest> rules() {
        return Stream.concat(HouseRules.rules("dev.penstock.ui").stream(), ours())
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(portal)));
    }

    private static Stream<ArchRule> ours() {
        return Stream.of(
                noClasses()
                        .should().dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "jakarta.persistence..", "io.fabric8.."))
                        .because("the portal knows no database and no Kubernetes"),
                slices().matching("dev.penstock.ui.(home|slice|newslice|approval|tenants|audit|catalogue|newendpoint|endpoint|playground|keys|usage|statement)").should().notDependOnEachOther(),
                noClasses()
                        .that().resideInAPackage("dev.penstock.ui.base..")
                        .should().dependOnClassesThat(resideInAnyPackage(SCREENS)),
                noClasses()
                        .should().beAnnotatedWith(NpmPackage.class)
                        .orShould().beAnnotatedWith(JsModule.class)
                        .orShould().beAnnotatedWith(CssImport.class)
                        .because("the portal needs no bundle of its own, and so no Node to build it"),
                classes()
                        .that().areAssignableTo(Screen.class).and().doNotHaveModifier(JavaModifier.ABSTRACT)
                        .should().bePackagePrivate()
                        .andShould().beAnnotatedWith(Route.class)
                        .andShould().beAnnotatedWith(PermitAll.class),
                classes()
                        .that().areAnnotatedWith(Layout.class)
                        .should().bePackagePrivate()
                        .because("the frame is nobody's to use"));
    }
}
