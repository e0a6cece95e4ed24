package dev.penstock.ui.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.GpuTime;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.ShareSpec;
import dev.penstock.contract.platform.TenantView;
import dev.penstock.contract.quota.DataClassView;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.Window;
import dev.penstock.ui.base.LimitKind;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
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

    private BigDecimalField hours() {
        return field("GPU-hours a month");
    }

    /** Beside the amount of this label. */
    @SuppressWarnings("unchecked")
    private Select<LimitField.Beyond> beyond(String label) {
        return find(Select.class, field(label).getParent().orElseThrow()).withLabel("When it is used up").single();
    }

    private BigDecimalField field(String label) {
        return find(BigDecimalField.class).withLabel(label).single();
    }

    @Test
    void theTreeShowsUseAgainstLimitsAtEachLevel() {
        open(Persona.ADMIN, "tenants");

        assertThat(screen())
                .contains("831of 1,600 51 % 5", "393.5of 480 81 % 4")
                .contains("103of 300 34 %")
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

        hours().setValue(new BigDecimal(600));
        test(find(TextField.class).withLabel("Reason").single()).setValue("Conference deadline");
        click("Set limits");

        assertThat(limit(2).amount()).isEqualTo(BigInteger.valueOf(GpuTime.ofGpuHours(600).partSeconds()));
        assertThat(limit(3)).isSameAs(untouched);
        assertThat(screen()).contains("393.5of 600 65 %");
        assertThat(page()).contains("The limits of research-vision are set.");
    }

    @Test
    void loweringBelowWhatIsUsedSaysWhatItMeansBeforeItIsDone() {
        open(Persona.ADMIN, VISION);

        hours().setValue(new BigDecimal(100));

        assertThat(screen()).contains("Below what is used: the next slice that counts GPU-hours this month is refused");
        assertThat(limit(2).amount()).isEqualTo(BigInteger.valueOf(GpuTime.ofGpuHours(480).partSeconds()));
    }

    @Test
    void anEmptiedLimitIsRemoved() {
        open(Persona.ADMIN, VISION);

        field("Slices of h100-80.1g.10gb").setValue(null);
        click("Set limits");

        assertThat(services.limits).doesNotContainKey(Ids.limit(3)).containsKey(Ids.limit(2));
    }

    @Test
    void moneyAndTokensAreWrittenInPeoplesUnitsAndSentExactly() {
        open(Persona.ADMIN, VISION);
        assertThat(field("Spend a month").getValue()).isEqualByComparingTo("96");
        assertThat(field("Tokens a month").getValue()).isEqualByComparingTo("4000");

        field("Spend a month").setValue(new BigDecimal("120.55"));
        field("Tokens a month").setValue(new BigDecimal("4500.000001"));
        click("Set limits");

        assertThat(limit(9).amount()).isEqualTo(new BigInteger("120550000000000"));
        assertThat(limit(10).amount()).isEqualTo(new BigInteger("4500000001"));
        assertThat(screen()).contains("78.63of 120.55 65 %");
    }

    @Test
    void whatIsFinerThanItIsCountedIsNotSent() {
        open(Persona.ADMIN, VISION);

        field("Tokens a month").setValue(new BigDecimal("0.0000001"));
        click("Set limits");

        assertThat(field("Tokens a month").getErrorMessage()).isEqualTo("Finer than it is counted.");
        assertThat(limit(10).amount()).isEqualTo(BigInteger.valueOf(4_000_000_000L));
    }

    @Test
    @SuppressWarnings("unchecked")
    void aMeterThatHasNoLimitYetGetsOne() {
        open(Persona.ADMIN, VISION);
        Select<LimitKind> also = find(Select.class).withLabel("Also limit").single();

        also.setValue(new LimitKind(Meter.CONCURRENCY, Window.NOW, null));
        field("Calls at a time").setValue(new BigDecimal(64));
        click("Set limits");

        assertThat(services.limits.values()).anyMatch(limit -> limit.meter() == Meter.CONCURRENCY && limit.key() == null
                && Ids.VISION.equals(limit.project()) && limit.window() == Window.NOW && BigInteger.valueOf(64).equals(limit.amount()));
    }

    @Test
    @SuppressWarnings("unchecked")
    void aProjectIsMovedToAnotherTenantOfItsCurrency() {
        TenantView lab = lab();
        services.slices.clear();
        open(Persona.ADMIN, VISION);
        follow("Move to another tenant…");
        assertThat(page()).contains("Move research-vision to another tenant", "working key", "with the same secrets", "Its members", "all it used so far");

        Select<TenantView> to = find(Select.class).withLabel("To tenant").single();
        assertThat(to.getListDataView().getItems()).as("the others are billed in another currency").containsExactly(lab);
        to.setValue(lab);
        click("Move the project");

        assertThat(Objects.requireNonNull(services.tenants.get(lab.id())).projects()).extracting(TenantView.Project::name).containsExactly("research-vision");
        assertThat(research().projects()).extracting(TenantView.Project::name).containsExactly("research-language");
        assertThat(page()).contains("research-vision is a project of Lab.");
    }

    @Test
    @SuppressWarnings("unchecked")
    void whyAProjectCannotMoveIsSaidInTheDialog() {
        TenantView lab = lab();
        open(Persona.ADMIN, VISION + "&do=move-project");
        Select<TenantView> to = find(Select.class).withLabel("To tenant").single();
        click("Move the project");
        assertThat(to.getErrorMessage()).isEqualTo("Choose one.");

        to.setValue(lab);
        click("Move the project");
        assertThat(page()).contains("Release its slices");
        assertThat(research().projects()).hasSize(2);
    }

    @Test
    void onlyAdministratorsMoveProjects() {
        open(Persona.OWNER, VISION);
        assertThat(screen()).doesNotContain("Move to another tenant…");
    }

    private TenantView lab() {
        TenantView like = research();
        TenantView lab = new TenantView(
                new TenantId(new UUID(0, 0x99)), "lab", "Lab", like.timeZone(), like.currency(), like.costCentres(), List.of(), List.of(), like.policy(), like.createdAt());
        services.tenants.put(lab.id(), lab);
        return lab;
    }

    @Test
    void aKeyHasLimitsOfItsOwnUnderItsProject() {
        open(Persona.ADMIN, VISION + "&tab=keys");
        assertThat(screen()).contains("batch-eu key");

        follow("notebook");
        assertThat(screen()).contains("notebook key of research-vision");
    }

    @Test
    @SuppressWarnings("unchecked")
    void theFirstLimitOfAKeyStandsOnTheKey() {
        open(Persona.ADMIN, VISION + "&key=" + Ids.key(1));
        Select<LimitKind> also = find(Select.class).withLabel("Also limit").single();
        also.setValue(new LimitKind(Meter.REQUESTS, Window.MINUTE, null));

        field("Calls a minute").setValue(new BigDecimal(60));
        click("Set limits");

        assertThat(services.limits.values()).anyMatch(limit -> Ids.key(1).equals(limit.key()) && limit.window() == Window.MINUTE
                && BigInteger.valueOf(60).equals(limit.amount()));
    }

    @Test
    void aPersonHasLimitsOfTheirOwnInAProject() {
        open(Persona.ADMIN, VISION);
        assertThat(screen()).contains("scientist2 person", "1.71 M of 2 M tokens today for research-vision/summarise-7b, warns only");

        follow("scientist2");
        assertThat(screen()).contains("person in research-vision", "by their own sign-in counts");
        assertThat(beyond("Tokens a day for research-vision/summarise-7b").getValue()).isEqualTo(LimitField.Beyond.WARNS);
        field("Tokens a day for research-vision/summarise-7b").setValue(new BigDecimal(3));
        beyond("Tokens a day for research-vision/summarise-7b").setValue(LimitField.Beyond.REFUSES);
        click("Set limits");

        assertThat(limit(14).amount()).isEqualTo(BigInteger.valueOf(3_000_000));
        assertThat(limit(14).hard()).isTrue();
        assertThat(limit(14).models()).containsExactly("research-vision/summarise-7b");
        assertThat(limit(14).person()).isEqualTo("scientist2");
    }

    @Test
    @SuppressWarnings("unchecked")
    void somebodyWithoutLimitsGetsTheFirstForOneModelAlone() {
        open(Persona.ADMIN, VISION + "&tab=people");
        assertThat(screen()).contains("People");
        test(find(TextField.class).withLabel("Somebody else").single()).setValue("new.colleague");
        click("Limit");
        assertThat(screen()).contains("new.colleague person in research-vision");

        find(CheckboxGroup.class).withLabel("Only for these models").single().setValue(Set.of("research-vision/summarise-7b"));
        find(Select.class).withLabel("Also limit").single().setValue(new LimitKind(Meter.REQUESTS, Window.DAY, null));
        field("Calls a day for research-vision/summarise-7b").setValue(new BigDecimal(100));
        click("Set limits");

        assertThat(services.limits.values()).anyMatch(limit -> "new.colleague".equals(limit.person()) && Ids.VISION.equals(limit.project())
                && List.of("research-vision/summarise-7b").equals(limit.models()) && limit.hard() && BigInteger.valueOf(100).equals(limit.amount()));
    }

    @Test
    void unlimitedIsAValueAndNotTheSameAsNoLimit() {
        open(Persona.ADMIN, VISION);
        beyond("Spend a month").setValue(LimitField.Beyond.UNLIMITED);
        click("Set limits");

        assertThat(limit(9).amount()).isNull();
        assertThat(beyond("Spend a month").getValue()).isEqualTo(LimitField.Beyond.UNLIMITED);
        assertThat(field("Spend a month").isEnabled()).isFalse();

        beyond("Spend a month").setValue(LimitField.Beyond.REFUSES);
        click("Set limits");
        assertThat(services.limits).as("neither an amount nor unlimited").doesNotContainKey(Ids.limit(9));
    }

    @Test
    void aWarningOnlyLimitThreatensNoRefusal() {
        open(Persona.ADMIN, VISION);
        hours().setValue(new BigDecimal(100));
        assertThat(screen()).contains("Below what is used");

        beyond("GPU-hours a month").setValue(LimitField.Beyond.WARNS);

        assertThat(screen()).doesNotContain("Below what is used");
    }

    @Test
    void whatIsBeingTypedSurvivesAChangeFromElsewhere() {
        open(Persona.ADMIN, VISION);
        hours().setValue(new BigDecimal(600));

        told(change("limit", Ids.limit(5)));
        services.slices.remove(Ids.slice(1));
        told(change("slice", Ids.slice(1)));

        eventually(() -> screen().contains("393.5of 480 81 % 3"));
        assertThat(hours().getValue()).isEqualByComparingTo("600");
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

    @Test
    void administratorsGuaranteePartsAndWeighTheRest() {
        open(Persona.ADMIN, RESEARCH + "&tab=share");

        assertThat(screen()).contains("Guaranteed parts are taken back from whoever borrowed them");
        IntegerField sevenths = find(IntegerField.class).withLabel("h100-80.1g.10gb").single();
        assertThat(sevenths.getValue()).isEqualTo(4);
        assertThat(sevenths.getHelperText()).isEqualTo("holds 1; 4 of 14 guaranteed in all");
        sevenths.setValue(14);
        find(IntegerField.class).withLabel("Weight for what nobody is guaranteed").single().setValue(5);
        click("Set share");

        assertThat(services.shares.get(Ids.RESEARCH)).isEqualTo(new ShareSpec(5, Map.of("h100-80.1g.10gb", 14)));
        assertThat(page()).contains("is set.");
    }

    @Test
    void moreThanThereIsIsRefusedWithTheNumbers() {
        open(Persona.ADMIN, RESEARCH + "&tab=share");

        find(IntegerField.class).withLabel("h100-80.1g.10gb").single().setValue(15);
        click("Set share");

        assertThat(screen()).contains("Ready nodes offer 14 of h100-80.1g.10gb.");
        assertThat(services.shares.get(Ids.RESEARCH)).isEqualTo(new ShareSpec(3, Map.of("h100-80.1g.10gb", 4)));
    }

    @Test
    void whatNodesThatAreGoneWerePromisedForIsSaid() {
        services.shares.put(Ids.RESEARCH, new ShareSpec(1, Map.of("h100-80.1g.10gb", 20)));
        open(Persona.ADMIN, RESEARCH + "&tab=share");

        assertThat(screen()).contains("More of h100-80.1g.10gb is guaranteed than ready nodes offer", "20 are guaranteed to all tenants, 14 are there");
    }

    @Test
    void ownersSeeWhatTheirTenantIsGuaranteedAndCannotChangeIt() {
        open(Persona.OWNER, RESEARCH + "&tab=share");

        assertThat(screen()).contains("4 guaranteed, holds 1", "3 for what nobody is guaranteed");
        assertThat(find(IntegerField.class).all()).isEmpty();
    }

    @Test
    void aProjectsDataIsDeclaredWithAReason() {
        open(Persona.ADMIN, VISION + "&tab=data");
        assertThat(screen()).contains("Internal", "pictures that are published anyway");
        click("Declare");
        assertThat(find(TextField.class).withLabel("Reason").single().getErrorMessage()).isEqualTo("Why is it so?");
        test(find(TextField.class).withLabel("Reason").single()).setValue("faces of patients");
        click("Declare");

        assertThat(Objects.requireNonNull(services.upstreams.declared.get(Ids.VISION)).version()).isEqualTo(3);
        assertThat(screen()).contains("faces of patients");
    }

    @Test
    void whatAModelIsGivenIsDeclaredWithAReason() {
        open(Persona.ADMIN, VISION + "&tab=data");
        assertThat(screen()).contains("research-vision/summarise-7b", "Internal and below", "its logs are read by the vendor", "research-vision/embed", "Everything");
        click("Change");
        click("Declare");
        TextField reason = find(TextField.class).withLabel("Reason").all().getLast();
        assertThat(reason.getErrorMessage()).isEqualTo("Why is it so?");
        test(reason).setValue("the vendor is gone");
        click("Declare");
        assertThat(Objects.requireNonNull(services.upstreams.models.get(Ids.endpoint(1))).version()).isEqualTo(3);
        assertThat(screen()).contains("the vendor is gone");

        open(Persona.OWNER, VISION + "&tab=data");
        assertThat(screen()).contains("Models of its endpoints").doesNotContain("Change");
    }

    @Test
    void aProjectThatNobodyDeclaredSendsNothingOut() {
        services.upstreams.declared.clear();
        open(Persona.OWNER, VISION + "&tab=data");

        assertThat(screen()).contains("nothing of it leaves the house").doesNotContain("Declare");
    }

    @Test
    void aProjectThatMovedIsToldThatItsClassEnded() {
        services.upstreams.declared.computeIfPresent(Ids.VISION, (id, was) -> new DataClassView(id, was.projectName(), 4, null, "registry", scenario.instant(), "The project moved."));
        open(Persona.OWNER, VISION + "&tab=data");

        assertThat(screen()).contains("The class of the project's data ended when it moved to another tenant.").doesNotContain("Nobody has said", "Declare");
    }
}
