package dev.penstock.standalone;

import dev.penstock.contract.platform.WorkspaceImageSpec;
import dev.penstock.contract.platform.WorkspaceImagesApi;
import dev.penstock.contract.platform.WorkspaceKind;

/** An image of each kind. Nothing is pulled here: the simulated cluster plays what they hold. */
final class DevelopmentImages {

    private static final String DIGEST = "@sha256:" + "0123456789abcdef".repeat(4);

    private final WorkspaceImagesApi images;

    DevelopmentImages(WorkspaceImagesApi images) {
        this.images = images;
    }

    /** May be repeated. */
    void write() {
        put("jupyterlab", WorkspaceKind.JUPYTERLAB, "JupyterLab");
        put("vscode", WorkspaceKind.VSCODE, "VS Code");
        put("ssh", WorkspaceKind.SSH, "Shell by SSH");
    }

    private void put(String id, WorkspaceKind kind, String title) {
        images.put(id, new WorkspaceImageSpec(kind, title, "registry.example/workspaces/" + id + DIGEST, true));
    }
}
