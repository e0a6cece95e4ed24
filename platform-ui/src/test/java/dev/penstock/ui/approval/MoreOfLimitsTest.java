package dev.penstock.ui.approval;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.TextArea;
import dev.penstock.contract.LimitRequestId;
import dev.penstock.contract.quota.LimitRequestState;
import dev.penstock.contract.quota.LimitRequestView;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MoreOfLimitsTest extends ScreenTest {

    private static final LimitRequestId WAITING = new LimitRequestId(Ids.uuid(0xb01));

    @BeforeEach
    void somebodyAsked() {
        services.limitRequests.fill();
    }

    private LimitRequestView request() {
        return Objects.requireNonNull(services.limitRequests.made.get(WAITING));
    }

    private void decide() {
        open(Persona.ADMIN, "approvals");
        assertThat(screen()).contains("More of a limit 1", "money a month of the project research-vision", "Evaluation of the new reader until Friday", "96.00", "150.00");
        follow("Decide");
    }

    @Test
    void grantingSomeOfItChangesTheLimit() {
        decide();
        BigDecimalField amount = find(BigDecimalField.class).withLabel("Allow").single();
        assertThat(amount.getValue()).isEqualByComparingTo("150");
        test(amount).setValue(new BigDecimal("151"));
        click("Grant");
        assertThat(amount.getErrorMessage()).isEqualTo("More than 96.00, and at most the 150.00 that was asked for.");

        test(amount).setValue(new BigDecimal("120"));
        click("Grant");
        assertThat(request().state()).isEqualTo(LimitRequestState.APPROVED);
        assertThat(request().granted()).isEqualTo(BigInteger.valueOf(120).multiply(BigInteger.TEN.pow(12)));
        assertThat(screen()).doesNotContain("More of a limit");
        assertThat(page()).contains("The limit allows 120.00 now.");
    }

    @Test
    void rejectingNeedsWords() {
        decide();
        click("Reject");
        TextArea words = find(TextArea.class).withLabel("Words").single();
        assertThat(words.getErrorMessage()).isEqualTo("Say why, in a sentence.");
        test(words).setValue("Use the smaller model");
        click("Reject");
        assertThat(request().state()).isEqualTo(LimitRequestState.REJECTED);

        open(Persona.ADMIN, "approvals?show=decided");
        assertThat(screen()).contains("More of a limit 2", "Rejected", "Use the smaller model", "Granted", "granted 2,400");
    }

    @Test
    void itNeedsWhoDecidesAndNobodyElse() {
        open(Persona.ADMIN, "");
        assertThat(screen()).contains("scientist asks for more money a month of the project research-vision");
        assertThat(address("Decide")).contains("approvals");
        open(Persona.SCIENTIST, "");
        assertThat(screen()).contains("You asked for more money a month of the project research-vision");
        open(Persona.OWNER, "");
        assertThat(screen()).doesNotContain("more money a month");
    }

    @Test
    void whoAskedSeesWhatBecameOfIt() {
        open(Persona.SCIENTIST, "refusals?project=" + Ids.VISION);
        assertThat(screen()).contains("Asked for more 2", "granted 2,400 by adele: Twice as many for now");
    }
}
