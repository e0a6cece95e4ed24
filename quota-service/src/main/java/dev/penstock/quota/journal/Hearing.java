package dev.penstock.quota.journal;

import java.util.List;

/** Told by the writer's thread, which waits, what became of what it wrote. */
interface Hearing {

    /** It is in the file, and on disk as far as the settings ask for that before it counts. */
    void written(List<Told> group, KeptFile file);

    /** It is on disk. After {@link #written}, in the same order. */
    void synced(List<Told> group, KeptFile file);

    /** What keeps the file and may keep it for long, to be written again elsewhere. */
    List<Told> standingIn(KeptFile file);
}
