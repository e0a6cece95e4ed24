package dev.penstock.quota.journal;

import java.util.List;

/** Told of ends that no crash can take back: what such an attempt did not use may be taken by others. */
public interface EndsOnDisk {

    /** In the order they ended, each once. Called by the thread that writes the journal, which waits: no I/O. */
    void ended(List<Ended> ends);
}
