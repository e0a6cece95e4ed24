package dev.penstock.ui.slice;

import com.vaadin.flow.component.UI;
import dev.penstock.contract.platform.SliceDetail;
import dev.penstock.contract.platform.SliceView;
import dev.penstock.contract.platform.SshCertificate;
import dev.penstock.contract.platform.SshKeySpec;
import dev.penstock.contract.platform.WorkspaceKind;
import dev.penstock.contract.platform.WorkspaceView;
import dev.penstock.contract.platform.WorkspacesApi;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.CopyLine;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.ProblemPanel;
import java.util.function.Supplier;

/** How one gets into a slice. */
final class Connect {

    private static final int LONGEST_KEY = 1000;
    private static final int MINUTES = 60;

    private final WorkspacesApi workspaces;
    private final Supplier<UI> ui;

    Connect(WorkspacesApi workspaces, Supplier<UI> ui) {
        this.workspaces = workspaces;
        this.ui = ui;
    }

    Panel panel(SliceDetail detail) {
        WorkspaceView workspace = detail.workspace();
        if (workspace == null) {
            return shell(detail);
        }
        Panel panel = new Panel(workspace.kind().inBrowser() ? "Open " + word(workspace.kind()) : "Get in by SSH");
        if (!detail.mayEnter()) {
            return panel.body(Markup.text("p", "quiet", closed(detail)));
        }
        return workspace.kind().inBrowser() ? browser(panel, detail.slice(), workspace) : ssh(panel, detail.slice());
    }

    private static String closed(SliceDetail detail) {
        return switch (detail.slice().state()) {
            case READY -> "Only members of the project go into its workspaces.";
            case SUSPENDED -> "It can be opened again once it is resumed; its files are kept.";
            case RELEASED, EXPIRED, FAILED -> "The workspace is gone, and its files with it.";
            case QUEUED, RESERVED, PROVISIONING, DRAINING -> "It can be opened while it is ready.";
        };
    }

    private Panel browser(Panel panel, SliceView slice, WorkspaceView workspace) {
        return panel.body(
                Action.primary("Open " + word(workspace.kind()), () -> ui.get().getPage().open(workspaces.open(slice.tenant(), slice.id()).address().toString(), "_blank")),
                Markup.text("p", "hint", "In a tab of its own, signed in as you for some hours. Files in the home folder are kept until the slice ends."));
    }

    private Panel ssh(Panel panel, SliceView slice) {
        var key = Fields.area("Your public key", "the line in ~/.ssh/id_ed25519.pub; ssh-keygen -t ed25519 makes one", LONGEST_KEY);
        var result = Markup.of("div", "stack tight");
        var sign = Action.primary("Sign for an hour", () -> {
            result.removeAll();
            try {
                show(result, workspaces.sign(slice.tenant(), slice.id(), new SshKeySpec(key.getValue().strip(), MINUTES)));
            } catch (BackendProblem refused) {
                result.add(new ProblemPanel(refused));
            }
        });
        return panel.body(key, sign, result, Markup.text("p", "hint", "The certificate is good for this workspace alone. Files in the home folder are kept until the slice ends."));
    }

    private static void show(Markup result, SshCertificate certificate) {
        result.add(
                Markup.text("p", "hint", "Save this line as ~/.ssh/id_ed25519-cert.pub, beside the key. It is good until " + PersonTime.exact(certificate.until()) + "."),
                new CopyLine(certificate.certificate()));
        String command = certificate.command();
        if (command == null) {
            result.add(Markup.text("p", "hint", "This installation has no entrance for SSH: ask an administrator how port 2222 of the workspace is reached."));
        } else {
            result.add(Markup.text("p", "hint", "Then:"), new CopyLine(command));
        }
    }

    private static Panel shell(SliceDetail detail) {
        String command = detail.connect();
        var panel = new Panel("Open a shell in it");
        return command == null
                ? panel.body(Markup.text(
                        "p",
                        "quiet",
                        detail.slice().state().live() ? "The command stands here while the workspace is ready." : "The workspace is gone."))
                : panel.body(
                        new CopyLine(command),
                        Markup.text("p", "hint", "With the cluster's kubectl and your company login. What is not on a volume is lost at the end."));
    }

    private static String word(WorkspaceKind kind) {
        return switch (kind) {
            case JUPYTERLAB -> "JupyterLab";
            case VSCODE -> "VS Code";
            case SSH -> "SSH";
        };
    }
}
