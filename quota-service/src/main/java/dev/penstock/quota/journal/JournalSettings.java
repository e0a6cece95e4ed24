package dev.penstock.quota.journal;

import dev.penstock.frame.MissingSetting;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param folder of this replica alone, on a disk that outlives the process
 * @param capacity attempts that may be under way or wait for their settlement at once; one more is not admitted
 * @param segmentSize of a file of ends; room on the disk is taken for all of it when it is made
 * @param sync {@code always}, or how often what was written is brought to disk
 * @param gather with {@code always}, the least time from one sync to the next: who is told meanwhile shares it, who is alone does not wait
 */
@ConfigurationProperties(prefix = "penstock.journal", ignoreUnknownFields = false)
record JournalSettings(
        Path folder, @DefaultValue("20000") int capacity, @DefaultValue("4MB") DataSize segmentSize, @DefaultValue("always") Sync sync,
        @DefaultValue("1ms") Duration gather) {

    private static final int MOST_CAPACITY = 1_000_000;
    private static final Duration LONGEST_GATHERING = Duration.ofMillis(100);
    private static final DataSize SMALLEST = DataSize.ofKilobytes(128);
    private static final DataSize LARGEST = DataSize.ofMegabytes(256);

    JournalSettings {
        MissingSetting.require(folder == null ? null : folder.toString(), "penstock.journal.folder",
                "Set it to a folder of this replica alone, on a disk that outlives the process: on a cluster, the volume of a StatefulSet.");
        if (capacity < 1 || capacity > MOST_CAPACITY) {
            throw new IllegalArgumentException("penstock.journal.capacity is " + capacity + ": between 1 and " + MOST_CAPACITY + " attempts can be under way");
        }
        if (gather.isNegative() || gather.compareTo(LONGEST_GATHERING) > 0) {
            throw new IllegalArgumentException("penstock.journal.gather is " + gather + ": at most 100 ms can be waited for");
        }
        if (segmentSize.compareTo(SMALLEST) < 0 || segmentSize.compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException("penstock.journal.segment-size is " + segmentSize + ": between " + SMALLEST + " and " + LARGEST + " can be used");
        }
    }
}
