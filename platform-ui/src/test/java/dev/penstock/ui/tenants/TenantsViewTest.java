package dev.penstock.ui.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.GpuTime;
import dev.penstock.contract.platform.TenantView;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.math.BigInteger;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TenantsViewTest extends ScreenTest {

    private static final String VISION = "tenants?tenant=" + Ids.RESEARCH + "&at=" + Ids.VISION;
    private static final String RESEARCH = "tenants?tenant=" + Ids.RESEARCH;

    private LimitView limit(int number) {
        return Objects.requireNonNull(services.limits.get(Ids.limit(number)));
    }

    private TenantView research() {
        return Objects.requireNonNull(services.tenants.get(Ids.RESEARCH));
    }

    private IntegerField hours() {
        return find(IntegerField.class).withLabel("GPU-hours a month").single();
    }

    @Test
    void theTreeShowsUseAgainstLimitsAtEachLevel() {
        open(Persona.ADMIN, "tenants");

        assertThat(screen())
                .contains("Research 831of 1,600 51 % 4", "research-vision 393.5of 480 81 % 3")
                .contains("Risk 103of 300 34 %")
                .contains("up to 4.00GPU-h");
    }

    @Test
    void onlyThoseNearALimitHaveAnAddress() {
        open(Persona.ADMIN, "tenants?show=near");

        assertThat(screen()).contains("research-vision").doesNotContain("risk-scoring", "research-language");
    }

    @Test
    void aChangedLimitIsSentAndTheOthersAreNot() {
        open(Persona.ADMIN, VISION);
        LimitView untouched = limit(3);

        test(hours()).setValue(600);
        test(find(TextField.class).withLabel("Reason").single()).setValue("Conference deadline");
        click("Set limits");

        assertThat(limit(2).amount()).isEqualTo(BigInteger.valueOf(GpuTime.ofGpuHours(600).partSeconds()));
        assertThat(limit(3)).isSameAs(untouched);
        assertThat(screen()).contains("research-vision 393.5of 600 65 %");
        assertThat(page()).contains("The limits of research-vision are set.");
    }

    @Test
    void loweringBelowWhatIsUsedSaysWhatItMeansBeforeItIsDone() {
        open(Persona.ADMIN, VISION);

        test(hours()).setValue(100);

        assertThat(screen()).contains("Below what is used: the next slice that counts GPU-hours this month is refused");
        assertThat(limit(2).amount()).isEqualTo(BigInteger.valueOf(GpuTime.ofGpuHours(480).partSeconds()));
    }

    @Test
    void anEmptiedLimitIsRemoved() {
        open(Persona.ADMIN, VISION);

        test(find(IntegerField.class).withLabel("Slices of h100-80.1g.10gb").single()).setValue(null);
        click("Set limits");

        assertThat(services.limits).doesNotContainKey(Ids.limit(3)).containsKey(Ids.limit(2));
    }

    @Test
    void whatIsBeingTypedSurvivesAChangeFromElsewhere() {
        open(Persona.ADMIN, VISION);
        test(hours()).setValue(600);

        told(change("limit", Ids.limit(5)));
        services.slices.remove(Ids.slice(1));
        told(change("slice", Ids.slice(1)));

        eventually(() -> screen().contains("research-vision 393.5of 480 81 % 2"));
        assertThat(hours().getValue()).isEqualTo(600);
    }

    @Test
    void theApprovalPolicyIsSetPerTenant() {
        open(Persona.ADMIN, RESEARCH + "&tab=policy");

        test(find(IntegerField.class).withLabel("Approve at once up to").single()).setValue(16);
        test(find(IntegerField.class).withLabel("Longest lease").single()).setValue(72);
        click("Set policy");

        assertThat(research().policy().approvesUpTo()).isEqualTo(GpuTime.ofGpuHours(16));
        assertThat(research().policy().longestLeaseSeconds()).isEqualTo(72 * 3600);
    }

    @Test
    void aGroupBecomesAMemberOfAProject() {
        open(Persona.ADMIN, VISION + "&tab=members");

        test(find(TextField.class).withLabelContaining("Name of the group").single()).setValue("vision-interns");
        click("Add");

        assertThat(research().members()).anyMatch(member -> member.principal().equals("vision-interns") && Ids.VISION.equals(member.project()));
        assertThat(screen()).contains("vision-interns");
    }

    @Test
    void aNewTenantIsCreatedAndItsMembersComeNext() {
        open(Persona.ADMIN, "tenants?do=new-tenant");
        test(find(TextField.class).withLabel("Name").single()).setValue("operations");
        test(find(TextField.class).withLabel("Title").single()).setValue("Operations");
        test(find(TextField.class).withLabel("Cost centre").single()).setValue("5200");

        click("Create tenant");

        assertThat(services.tenants.values()).anyMatch(tenant -> tenant.title().equals("Operations"));
        assertThat(screen()).contains("Operations", "Nobody yet.");
    }

    @Test
    void aNameInUseKeepsTheDialogWithWhatWasTyped() {
        open(Persona.ADMIN, "tenants?do=new-tenant");
        test(find(TextField.class).withLabel("Name").single()).setValue("risk");
        test(find(TextField.class).withLabel("Title").single()).setValue("Another");
        test(find(TextField.class).withLabel("Cost centre").single()).setValue("1");

        click("Create tenant");

        assertThat(page()).contains("Another tenant is called risk.");
        assertThat(find(TextField.class).withLabel("Title").single().getValue()).isEqualTo("Another");
    }

    @Test
    void anOwnerManagesMembersButSetsNoLimits() {
        open(Persona.OWNER, "tenants?tenant=" + Ids.RESEARCH + "&at=" + Ids.VISION + "&project=" + Ids.VISION);
        assertThat(buttons()).doesNotContain("Set limits", "New tenant");

        open(Persona.OWNER, "tenants?tenant=" + Ids.RESEARCH + "&at=" + Ids.VISION + "&tab=members&project=" + Ids.VISION);
        assertThat(buttons()).contains("Add");
    }

    @Test
    void anAuditorChangesNothing() {
        open(Persona.AUDITOR, VISION + "&tab=members");

        assertThat(buttons()).doesNotContain("Add", "Set limits", "New tenant");
        assertThat(links()).doesNotContain("New project");
    }
}
