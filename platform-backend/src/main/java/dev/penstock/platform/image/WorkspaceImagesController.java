package dev.penstock.platform.image;

import dev.penstock.contract.platform.WorkspaceImageSpec;
import dev.penstock.contract.platform.WorkspaceImageView;
import dev.penstock.contract.platform.WorkspaceImagesApi;
import dev.penstock.contract.platform.WorkspaceImagesView;
import dev.penstock.frame.audit.Audited;
import org.springframework.web.bind.annotation.RestController;

@RestController
class WorkspaceImagesController implements WorkspaceImagesApi {

    private final Images images;

    WorkspaceImagesController(Images images) {
        this.images = images;
    }

    @Override
    @Audited(action = "workspace-image.list", subject = "workspace-image")
    public WorkspaceImagesView list() {
        return images.list();
    }

    @Override
    @Audited(action = "workspace-image.change", subject = "workspace-image", id = "image")
    public WorkspaceImageView put(String image, WorkspaceImageSpec spec) {
        return images.put(image, spec);
    }
}
