package dev.penstock.quota.archive;

/** The steps by which a day leaves the database, in order; each is told before it is taken. */
enum ArchiveStep {
    /** Which day, and may it go? */
    CHOOSE,
    /** Its rows are written to a file beside. */
    WRITE,
    /** The file is brought to disk and gets its name. */
    NAME,
    /** It is read back. */
    VERIFY,
    /** The database compares, records and drops. */
    DROP,
    /** That commits. */
    COMMIT,
    /** It has. */
    DONE
}
