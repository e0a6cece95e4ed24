package dev.penstock.quota.archive;

import java.time.LocalDate;
import java.util.List;

/**
 * A day's rows in a file.
 *
 * @param file its name in the folder
 * @param sha256 of the file as it is on disk, in hexadecimal
 * @param sums by tenant, in the order of their ids
 */
record ArchivedDay(LocalDate day, String file, String sha256, long bytes, List<TenantSum> sums) {

    ArchivedDay {
        sums = List.copyOf(sums);
    }

    long rows() {
        return sums.stream().mapToLong(TenantSum::rows).sum();
    }
}
