package dev.penstock.quota.settlement;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.transaction.TransactionException;

/** Which failures go by themselves. Pure. */
final class Failures {

    private Failures() {}

    /** The database was away, was stopped or met another's change; as opposed to refusing what it was told. */
    static boolean goByThemselves(RuntimeException failure) {
        boolean refused = failure instanceof DataIntegrityViolationException || failure instanceof InvalidDataAccessResourceUsageException;
        return !refused && (failure instanceof DataAccessException || failure instanceof TransactionException);
    }
}
