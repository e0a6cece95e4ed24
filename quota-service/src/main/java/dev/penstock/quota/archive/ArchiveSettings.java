package dev.penstock.quota.archive;

import dev.penstock.frame.MissingSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param retention for how many whole months usage rows stay in the database after their month has ended, such as {@code 13m}; null: for ever
 * @param archiveFolder where days that leave the database are kept: one for all replicas, and backed up like the database
 * @param archiveEvery how often it is looked for days that may go, by one replica at a time
 */
@ConfigurationProperties(prefix = "penstock.usage", ignoreUnknownFields = false)
record ArchiveSettings(@Nullable Period retention, @Nullable Path archiveFolder, @DefaultValue("15m") Duration archiveEvery) {

    private static final long MOST_MONTHS = 1_200;

    ArchiveSettings {
        if (retention != null) {
            long months = retention.toTotalMonths();
            if (retention.getDays() != 0 || months < 1 || months > MOST_MONTHS) {
                throw new IllegalArgumentException("penstock.usage.retention cannot be " + retention + ": it is 1 to " + MOST_MONTHS + " whole months, such as 13m, or not set to keep usage for ever");
            }
            MissingSetting.require(archiveFolder, "penstock.usage.archive-folder",
                    "With penstock.usage.retention set, name the folder that keeps the days which leave the database; it is one for all replicas.");
        }
        if (!archiveEvery.isPositive()) {
            throw new IllegalArgumentException("penstock.usage.archive-every cannot be " + archiveEvery);
        }
    }

    /** Null: for ever. */
    @Nullable Integer months() {
        return retention == null ? null : (Integer) Math.toIntExact(retention.toTotalMonths());
    }
}
