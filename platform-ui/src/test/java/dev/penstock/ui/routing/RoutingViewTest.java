package dev.penstock.ui.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.quota.AliasSpec;
import dev.penstock.contract.quota.AliasTarget;
import dev.penstock.contract.quota.AliasView;
import dev.penstock.contract.quota.RoutingStrategy;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RoutingViewTest extends ScreenTest {

    @Test
    void eachNameSaysWhichModelsAnswerAndInWhatOrder() {
        open(Persona.ADMIN, "routing");

        assertThat(screen()).contains("chat-default", "The least busy", "llama-3.3-70b 75 %, llama-3.3-70b-canary 25 %", "else qwen2.5-7b-instruct", "embed-2025", "Withdrawn");
    }

    @Test
    void whereThereIsNoneItSaysWhatOneIs() {
        services.aliases.made.clear();
        open(Persona.ADMIN, "routing");

        assertThat(screen()).contains("There is no alias yet", "An alias lets two endpoints answer one name");
    }

    @Test
    void anAliasIsAdded() {
        open(Persona.ADMIN, "routing?do=add");
        test(find(TextField.class).withLabel("Name").single()).setValue("fast chat");
        test(find(TextArea.class).withLabel("Models").single()).setValue("small 2\nsmall");
        click("Add alias");
        assertThat(find(TextField.class).withLabel("Name").single().getErrorMessage()).startsWith("Begins with a letter or digit");
        assertThat(find(TextArea.class).withLabel("Models").single().getErrorMessage()).isEqualTo("small stands twice.");

        test(find(TextField.class).withLabel("Name").single()).setValue("fast-chat");
        test(find(TextArea.class).withLabel("Models").single()).setValue("small 2\nsmaller\n\nlarge");
        click("Add alias");

        AliasView added = Objects.requireNonNull(services.aliases.made.get("fast-chat"));
        assertThat(added.version()).isEqualTo(1);
        assertThat(added.strategy()).isEqualTo(RoutingStrategy.WEIGHTED);
        assertThat(added.targets()).containsExactly(new AliasTarget("small", 0, 2), new AliasTarget("smaller", 0, 1), new AliasTarget("large", 1, 1));
        assertThat(screen()).contains("small 67 %, smaller 33 %");
    }

    @Test
    void aChangeMadeMeanwhileIsToldBesideWhatWasTyped() {
        open(Persona.ADMIN, "routing?do=change-code-assist");
        services.aliases.make("code-assist", 2, new AliasSpec(RoutingStrategy.WEIGHTED, List.of(), null));
        click("Save alias");

        assertThat(page()).contains("The next version of code-assist is 3, not 2; nothing was saved.");
        assertThat(find(TextArea.class).withLabel("Models").single().getValue()).isEqualTo("qwen2.5-coder-32b\n\nqwen2.5-7b-instruct");
    }

    @Test
    void anAliasIsWithdrawn() {
        open(Persona.ADMIN, "routing?do=change-code-assist");
        click("Withdraw");

        assertThat(Objects.requireNonNull(services.aliases.made.get("code-assist")).targets()).isEmpty();
    }

    @Test
    void anAuditorReadsAndChangesNothing() {
        open(Persona.AUDITOR, "routing?do=add");

        assertThat(screen()).contains("chat-default").doesNotContain("Add an alias");
        assertThat(page()).doesNotContain("Add alias");
    }
}
