package dev.penstock.contract.platform;

import java.util.List;

/**
 * @param suggestedGib how large a volume one asks for who has no reason for another size
 * @param mostGib how large it may be
 */
public record WorkspaceImagesView(List<WorkspaceImageView> images, int suggestedGib, int mostGib) {

    public WorkspaceImagesView {
        images = List.copyOf(images);
    }
}
