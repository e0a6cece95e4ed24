package dev.penstock.ui.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.platform.WorkspaceImageView;
import dev.penstock.contract.platform.WorkspaceKind;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ImagesViewTest extends ScreenTest {

    private static final String DIGEST = "@sha256:" + "0123456789abcdef".repeat(4);

    @Test
    void whatIsOfferedAndWhatIsNotIsListedWithItsDigest() {
        open(Persona.ADMIN, "images");

        assertThat(screen()).contains("PyTorch 2.9 with JupyterLab", "registry.example/lab/pytorch@sha256:4f9a6c1d2e8b…", "Offered", "CUDA 13 by SSH", "Withdrawn");
    }

    @Test
    void whereThereIsNoneItSaysWhatOneIs() {
        services.workspaces.listed.clear();
        open(Persona.ADMIN, "images");

        assertThat(screen()).contains("No image is offered yet", "Teams get a plain shell.");
    }

    @Test
    void anImageIsAddedByItsDigest() {
        open(Persona.ADMIN, "images?do=add");
        fill("new-lab", "New lab", "registry.example/new:latest");
        click("Add image");
        assertThat(services.workspaces.listed).doesNotContainKey("new-lab");
        assertThat(field("Image").getErrorMessage()).isEqualTo("By digest: it ends with @sha256: and 64 digits.");

        test(field("Image")).setValue("registry.example/new" + DIGEST);
        click("Add image");

        WorkspaceImageView added = Objects.requireNonNull(services.workspaces.listed.get("new-lab"));
        assertThat(added.kind()).isEqualTo(WorkspaceKind.JUPYTERLAB);
        assertThat(added.reference()).isEqualTo("registry.example/new" + DIGEST);
        assertThat(added.offered()).isTrue();
        assertThat(screen()).contains("New lab");
    }

    @Test
    void aRefusalStaysBesideWhatWasTyped() {
        open(Persona.ADMIN, "images?do=add");
        fill("new-lab", "New lab", "refused.example/new" + DIGEST);

        click("Add image");

        assertThat(page()).contains("by digest and without a tag");
        assertThat(field("Title").getValue()).isEqualTo("New lab");
    }

    @Test
    void anImageIsWithdrawn() {
        open(Persona.ADMIN, "images?do=cuda-ssh");
        assertThat(field("Id").isReadOnly()).isTrue();
        test(find(Checkbox.class).withLabel("Offered to teams").single()).click();

        click("Save image");

        assertThat(Objects.requireNonNull(services.workspaces.listed.get("cuda-ssh")).offered()).isFalse();
    }

    private void fill(String id, String title, String reference) {
        test(field("Id")).setValue(id);
        test(field("Title")).setValue(title);
        test(field("Image")).setValue(reference);
    }

    private TextField field(String label) {
        return find(TextField.class).withLabel(label).single();
    }
}
