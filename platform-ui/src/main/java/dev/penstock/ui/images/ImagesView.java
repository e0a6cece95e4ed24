package dev.penstock.ui.images;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.router.Route;
import dev.penstock.contract.Change;
import dev.penstock.contract.platform.WorkspaceImageSpec;
import dev.penstock.contract.platform.WorkspaceImageView;
import dev.penstock.contract.platform.WorkspaceImagesApi;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.EmptyState;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.PageHead;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.Screen;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Toast;
import dev.penstock.ui.base.Tone;
import dev.penstock.ui.base.Viewer;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** The images that workspaces run, to add, change and withdraw. */
@Route(Destination.Paths.IMAGES)
@PermitAll
class ImagesView extends Screen {

    private static final long serialVersionUID = 1L;
    private static final String ADD = "add";
    private static final int SHORT_DIGEST = 12;

    private final transient WorkspaceImagesApi images;

    ImagesView(Viewer viewer, WorkspaceImagesApi images) {
        super("Workspace images", viewer);
        this.images = images;
    }

    @Override
    protected boolean concerns(Change change) {
        return isAbout(change, "workspace-image");
    }

    @Override
    protected void show() {
        List<WorkspaceImageView> listed = refreshed();
        if (address().is(Address.DO, ADD)) {
            opened(new ImageDialog(this::put).add(), Address.DO);
        }
        listed.stream().filter(image -> address().is(Address.DO, image.id())).findFirst()
                .ifPresent(image -> opened(new ImageDialog(this::put).change(image), Address.DO));
    }

    @Override
    protected void refresh() {
        refreshed();
    }

    private List<WorkspaceImageView> refreshed() {
        List<WorkspaceImageView> listed = images.list().images();
        removeAll();
        add(new PageHead("Workspace images")
                .actions(Link.button("Add an image", address().with(Address.DO, ADD)).css("primary"))
                .under("What may run on slices that people work on, each by its digest; beside a plain shell, nothing else does."));
        if (listed.isEmpty()) {
            add(new EmptyState(Icon.SHIELD, "No image is offered yet", "Teams get a plain shell. Add an image with JupyterLab, VS Code or an SSH server that your nodes may pull."));
        } else {
            add(table(listed));
        }
        return listed;
    }

    private Component table(List<WorkspaceImageView> listed) {
        var table = new Table<WorkspaceImageView>("Workspace images", "")
                .sorted(address(), this::remember)
                .column("Title", image -> new Link(address().with(Address.DO, image.id()), Markup.plain(image.title()))).by(WorkspaceImageView::title)
                .column("Opens", image -> Markup.plain(ImageDialog.word(image.kind()))).by(image -> ImageDialog.word(image.kind()))
                .column("Image", "minor", image -> Markup.text("span", "mono", shortened(image.reference())).attribute("title", image.reference()))
                .column("State", image -> image.offered() ? Badge.pill(Tone.OK, "Offered") : Badge.pill(Tone.OFF, "Withdrawn")).by(WorkspaceImageView::offered)
                .column("Changed", "minor", image -> Cells.text(image.changedBy() + ", " + PersonTime.exact(image.changedAt()))).by(WorkspaceImageView::changedAt);
        table.show(listed);
        return table;
    }

    private static String shortened(String reference) {
        int digest = reference.indexOf("@sha256:") + "@sha256:".length();
        return reference.substring(0, Math.min(reference.length(), digest + SHORT_DIGEST)) + "…";
    }

    private void put(String id, WorkspaceImageSpec spec) {
        images.put(id, spec);
        refreshed();
        Toast.done(spec.title() + (spec.offered() ? " is offered." : " is withdrawn."));
    }
}
