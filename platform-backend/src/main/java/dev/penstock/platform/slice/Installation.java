package dev.penstock.platform.slice;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.platform.Within;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What this installation calls its objects on a cluster. Two installations on one cluster need two names.
 *
 * @param name begins every namespace and labels every object
 */
@ConfigurationProperties(prefix = "penstock.installation", ignoreUnknownFields = false)
public record Installation(@DefaultValue("penstock") String name) {

    /** A namespace name has at most 63 characters, of which the project takes 37. */
    private static final String NAME = "[a-z][a-z0-9-]{0,24}[a-z0-9]";

    public Installation {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("penstock.installation.name must match " + NAME + ": " + name);
        }
    }

    /** The namespace of a project. */
    public String namespace(ProjectId project) {
        return name + "-" + project;
    }

    /** Where a slice is, or was last: the namespace of its project in that cluster. */
    public String namespace(Slice slice) {
        return new Within(slice.cluster(), namespace(slice.approved().project())).toString();
    }

    /** The pod of one phase of a slice. */
    public static String pod(SliceId slice, int phase) {
        return "slice-" + slice + "-" + phase;
    }
}
