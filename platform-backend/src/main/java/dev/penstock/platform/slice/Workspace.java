package dev.penstock.platform.slice;

import dev.penstock.contract.platform.WorkspaceKind;
import dev.penstock.contract.platform.WorkspaceView;

/**
 * What a slice that people work on was approved for: an image and a volume. It never changes, as little as the vector; also not when the image is
 * changed or no longer offered.
 *
 * @param image id in the list of images
 * @param title of the image, for people
 * @param reference of the image, by digest
 * @param volumeGib size of the volume that holds the home folder
 * @param storageClass of the volume; empty: the cluster's default
 */
public record Workspace(String image, WorkspaceKind kind, String title, String reference, int volumeGib, String storageClass) {

    public Workspace {
        if (!reference.contains("@sha256:")) {
            throw new IllegalArgumentException("an image is named by its digest: " + reference);
        }
        if (volumeGib < 1) {
            throw new IllegalArgumentException("a volume has at least one GiB: " + volumeGib);
        }
    }

    public WorkspaceView view() {
        return new WorkspaceView(image, kind, title, reference, volumeGib);
    }
}
