package dev.penstock.quota.journal;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param capacity attempts that may be under way or wait for their settlement at once; one more is not admitted */
@ConfigurationProperties(prefix = "penstock.journal", ignoreUnknownFields = false)
record JournalSettings(@DefaultValue("20000") int capacity) {

    JournalSettings {
        if (capacity < 1) {
            throw new IllegalArgumentException("penstock.journal.capacity is " + capacity + ": nothing would be admitted");
        }
    }
}
