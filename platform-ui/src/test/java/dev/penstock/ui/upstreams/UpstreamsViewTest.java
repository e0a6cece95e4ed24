package dev.penstock.ui.upstreams;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.ModelTask;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.LimitField;
import dev.penstock.contract.quota.UpstreamDialect;
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
                "openai-eu", "https://eu.api.openai.example/v1", "Internal and below", "gpt-5-mini, gpt-5 (public", "Dialect", "OpenAI", "Anthropic", "Answers", "at 203.0.113.10, 203.0.113.11", "Nothing is sent",
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
                new UpstreamModel("fast", "theirs-fast", List.of(ModelTask.CHAT), 128_000, 4_096, null, "cloud-fast", null, LimitField.MAX_TOKENS),
                new UpstreamModel("vectors", "theirs-v", List.of(ModelTask.EMBEDDINGS), 8_192, 1, 1, "cloud-v", null, LimitField.MAX_TOKENS),
                new UpstreamModel("order", "theirs-o", List.of(ModelTask.RERANK), 8_192, 1, null, "cloud-o", null, LimitField.MAX_TOKENS));
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
        assertThat(made("openai-eu").dialect()).isEqualTo(UpstreamDialect.OPENAI);
        assertThat(services.upstreams.keys).containsExactly((String) null);
    }

    @Test
    @SuppressWarnings("unchecked")
    void anUpstreamOfAnthropicsAndModelsOfLowerClasses() {
        open(Persona.ADMIN, "upstreams?do=add");
        test(text("Name")).setValue("new-one");
        test(text("Address")).setValue("https://api.example.com/v1");
        test(find(PasswordField.class).single()).setValue("secret-of-theirs");
        Select<UpstreamDialect> dialect = find(Select.class).withLabel("Dialect").single();
        dialect.setValue(UpstreamDialect.ANTHROPIC);
        test(models()).setValue("fast theirs-fast 128000 4096 cloud-fast internal");
        click("Add upstream");
        assertThat(models().getErrorMessage()).isEqualTo("fast may not be given more than its upstream.");
        test(models()).setValue("fast theirs-fast 128000 4096 cloud-fast max_completion_tokens");
        click("Add upstream");
        assertThat(models().getErrorMessage()).startsWith("fast: in Anthropic’s dialect");
        test(models()).setValue("fast theirs-fast 128000 4096 cloud-fast secret");
        click("Add upstream");
        assertThat(models().getErrorMessage()).startsWith("“secret”: a model is for chat or embeddings");
        test(models()).setValue("fast theirs-fast 128000 4096 cloud-fast 1 public");
        click("Add upstream");

        assertThat(made("new-one").dialect()).isEqualTo(UpstreamDialect.ANTHROPIC);
        assertThat(made("new-one").models()).containsExactly(
                new UpstreamModel("fast", "theirs-fast", List.of(ModelTask.CHAT), 128_000, 4_096, 1, "cloud-fast", DataClass.PUBLIC, LimitField.MAX_TOKENS));
    }

    @Test
    void whatWasTypedIsWrittenTheSame() {
        open(Persona.ADMIN, "upstreams?do=change-openai-eu");
        assertThat(models().getValue()).endsWith("\ngpt-5 gpt-5-2026-05 400000 16384 cloud-gpt-5 public max_completion_tokens");
        List<UpstreamModel> before = made("openai-eu").models();
        click("Save upstream");

        assertThat(made("openai-eu").version()).isEqualTo(4);
        assertThat(made("openai-eu").models()).isEqualTo(before);
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
