package dev.penstock.contract.platform;

/**
 * What runs on a slice, as it was approved.
 *
 * @param image id of the image
 * @param title of the image, for people
 * @param reference of the image, by digest
 * @param volumeGib size of the volume that holds the home folder
 */
public record WorkspaceView(String image, WorkspaceKind kind, String title, String reference, int volumeGib) {}
