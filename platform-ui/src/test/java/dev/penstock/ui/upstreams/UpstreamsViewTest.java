package dev.penstock.ui.upstreams;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.ModelTask;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.UpstreamModel;
import dev.penstock.contract.quota.UpstreamView;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class UpstreamsViewTest extends ScreenTest {

    private UpstreamView made(String name) {
        return Objects.requireNonNull(services.upstreams.made.get(name));
    }

    private TextField text(String label) {
        return find(TextField.class).withLabel(label).single();
    }

    private TextArea models() {
        return find(TextArea.class).withLabel("Models").single();
    }

    @Test
    void eachSaysWhatItMayBeGivenAndWhetherAnythingIsSent() {
        open(Persona.ADMIN, "upstreams");

        assertThat(screen()).contains(
                "openai-eu", "https://eu.api.openai.example/v1", "Internal and below", "gpt-5-mini, gpt-5", "Answers", "at 203.0.113.10, 203.0.113.11", "Nothing is sent",
                "10.0.0.7 is not an address of the public Internet", "Withdrawn");
    }

    @Test
    void whereThereIsNoneNothingLeaves() {
        services.upstreams.made.clear();
        open(Persona.ADMIN, "upstreams");

        assertThat(screen()).contains("Nothing leaves the house");
    }

    @Test
    void anUpstreamIsAdded() {
        open(Persona.ADMIN, "upstreams?do=add");
        test(text("Name")).setValue("New one");
        test(models()).setValue("fast theirs-fast 128000");
        click("Add upstream");
        assertThat(text("Name").getErrorMessage()).startsWith("Small letters");
        assertThat(text("Address").getErrorMessage()).isEqualTo("Where is it?");
        assertThat(models().getErrorMessage()).startsWith("“fast theirs-fast 128000”: the name here");

        test(text("Name")).setValue("new-one");
        test(text("Address")).setValue("https://api.example.com/v1");
        test(find(PasswordField.class).single()).setValue("secret-of-theirs");
        test(models()).setValue("fast theirs-fast 128000 4096 cloud-fast\nvectors theirs-v 8192 1 cloud-v embeddings 1\norder theirs-o 8192 1 cloud-o rerank");
        click("Add upstream");

        UpstreamView added = made("new-one");
        assertThat(added.version()).isEqualTo(1);
        assertThat(added.takes()).isEqualTo(DataClass.PUBLIC);
        assertThat(added.models()).containsExactly(
                new UpstreamModel("fast", "theirs-fast", List.of(ModelTask.CHAT), 128_000, 4_096, null, "cloud-fast"),
                new UpstreamModel("vectors", "theirs-v", List.of(ModelTask.EMBEDDINGS), 8_192, 1, 1, "cloud-v"),
                new UpstreamModel("order", "theirs-o", List.of(ModelTask.RERANK), 8_192, 1, null, "cloud-o"));
        assertThat(services.upstreams.keys).containsExactly("secret-of-theirs");
        assertThat(page()).doesNotContain("secret-of-theirs");
    }

    @Test
    void aChangeKeepsTheKeyThatIsNotTyped() {
        open(Persona.ADMIN, "upstreams?do=change-openai-eu");
        assertThat(models().getValue()).startsWith("gpt-5-mini gpt-5-mini-2026-05 400000 16384 cloud-gpt-5-mini\n");
        test(models()).setValue("gpt-5 gpt-5-2026-05 400000 16384 cloud-gpt-5");
        click("Save upstream");

        assertThat(made("openai-eu").version()).isEqualTo(4);
        assertThat(made("openai-eu").models()).hasSize(1);
        assertThat(services.upstreams.keys).containsExactly((String) null);
    }

    @Test
    void anUpstreamIsWithdrawn() {
        open(Persona.ADMIN, "upstreams?do=change-openai-eu");
        click("Withdraw");

        assertThat(made("openai-eu").models()).isEmpty();
    }

    @Test
    void anAuditorReadsAndChangesNothing() {
        open(Persona.AUDITOR, "upstreams?do=add");

        assertThat(screen()).contains("openai-eu").doesNotContain("Add an upstream");
        assertThat(page()).doesNotContain("Add upstream");
    }
}
