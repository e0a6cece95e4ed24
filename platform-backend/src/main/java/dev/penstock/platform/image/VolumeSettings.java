package dev.penstock.platform.image;

import dev.penstock.contract.platform.WorkspaceSpec;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Volumes of workspaces.
 *
 * @param suggestedGib what the form begins with
 * @param mostGib how large one may be
 * @param storageClass of new ones; empty: the cluster's default
 */
@ConfigurationProperties(prefix = "penstock.volumes", ignoreUnknownFields = false)
record VolumeSettings(@DefaultValue("20") int suggestedGib, @DefaultValue("500") int mostGib, @DefaultValue("") String storageClass) {

    VolumeSettings {
        if (suggestedGib < 1 || suggestedGib > mostGib || mostGib > WorkspaceSpec.MOST_GIB) {
            throw new IllegalArgumentException("penstock.volumes: 1 <= suggested-gib <= most-gib <= " + WorkspaceSpec.MOST_GIB + " does not hold");
        }
    }
}
