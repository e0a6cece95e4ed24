package dev.penstock.quota.admission;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param replica the name under which this process leaves its intents, and finds them after it died. Two that run at once must not share one:
 *     the older of them stops admitting. Null: the host's name, which on a cluster is the pod's
 * @param mode how it is found out whether an attempt may spend. Replicas of either mode may run side by side
 */
@ConfigurationProperties(prefix = "penstock.admission", ignoreUnknownFields = false)
record AdmissionSettings(@Nullable String replica, @DefaultValue("allotments") Mode mode) {

    enum Mode {
        /** One transaction for each attempt. */
        DIRECT,
        /** From what this replica has drawn of the limits, in memory; the intent is in its journal. */
        ALLOTMENTS
    }

    private static final int LONGEST_NAME = 200;

    AdmissionSettings {
        if (replica != null && (replica.isBlank() || replica.length() > LONGEST_NAME)) {
            throw new IllegalArgumentException("penstock.admission.replica must be a name of at most " + LONGEST_NAME + " characters");
        }
    }
}
