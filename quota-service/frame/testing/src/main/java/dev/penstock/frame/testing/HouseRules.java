package dev.penstock.frame.testing;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** The rules that hold everywhere. A module's test imports its classes and checks them; it adds its own. */
public final class HouseRules {

    private HouseRules() {}

    /** Production classes below a package. */
    public static JavaClasses productionClasses(String rootPackage) {
        return new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(rootPackage);
    }

    /** Every rule that needs no parameters, for the classes of one application whose packages start with {@code root}. */
    public static List<ArchRule> rules(String root) {
        return List.of(
                noPackageCycles(root), everyPackageSaysWhatItOwns(root), innerClassesStayInside(), nothingReachesForTheWorld(), noFieldInjection(), noMocks());
    }

    private static ArchRule noPackageCycles(String root) {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);
    }

    private static ArchRule everyPackageSaysWhatItOwns(String root) {
        return slices().matching(root + ".(**)").should(new SaysWhatItOwns()).allowEmptyShould(true);
    }

    private static ArchRule innerClassesStayInside() {
        return classes()
                .that().areAnnotatedWith("org.springframework.web.bind.annotation.RestController")
                .or().areAnnotatedWith("jakarta.persistence.Entity")
                .or().areAnnotatedWith("com.vaadin.flow.router.Route")
                .or().areAssignableTo("org.springframework.data.repository.Repository")
                .should().notBePublic()
                .because("a package's public face is its root types, never its controllers, entities, repositories or views")
                .allowEmptyShould(true);
    }

    private static ArchRule nothingReachesForTheWorld() {
        return noClasses()
                .should().callMethod(Instant.class, "now")
                .orShould().callMethod(LocalDate.class, "now")
                .orShould().callMethod(System.class, "currentTimeMillis")
                .orShould().callMethod(UUID.class, "randomUUID")
                .orShould().callMethod(Thread.class, "sleep", long.class)
                .orShould().callMethod(Thread.class, "sleep", java.time.Duration.class)
                .because("the clock, ids and waiting come through the constructor (" + Clock.class.getSimpleName() + ")");
    }

    private static ArchRule noFieldInjection() {
        return noFields().should().beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .orShould().beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
                .allowEmptyShould(true);
    }

    private static ArchRule noMocks() {
        return noClasses().should().dependOnClassesThat(resideInAPackage("org.mockito..").or(resideInAPackage("org.easymock..")));
    }

    /** Integers only where money and tokens are counted. */
    public static ArchRule noFloatingPoint(String... packages) {
        return noFields().that().areDeclaredInClassesThat().resideInAnyPackage(packages)
                .and().doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should().haveRawType(double.class)
                .orShould().haveRawType(float.class)
                .orShould().haveRawType(Double.class)
                .orShould().haveRawType(Float.class)
                .allowEmptyShould(true);
    }
}
