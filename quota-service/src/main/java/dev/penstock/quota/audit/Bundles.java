package dev.penstock.quota.audit;

import dev.penstock.contract.Problem;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.verifier.BundleWriter;
import dev.penstock.verifier.LogKey;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** Writes bundles: all that a checkpoint covers, its predecessors, and the key. */
final class Bundles {

    /** In place of a line that its altered row cannot make any more. The verifier finds it. */
    private static final byte[] NO_LINE = {'{', '}'};

    private final JobTransactions transactions;
    private final TreeTable tree;
    private final TrailRows rows;
    private final LogKey key;

    Bundles(JobTransactions transactions, TreeTable tree, TrailRows rows, LogKey key) {
        this.transactions = transactions;
        this.tree = tree;
        this.rows = rows;
        this.key = key;
    }

    /**
     * How many entries a bundle has now: those that the last checkpoint covers.
     *
     * @throws ProblemException {@code wrong_state} when nothing is sealed yet
     */
    long size(Actor reader) {
        return transactions.acrossTenants(Job.ORG, reader, tree::lastCheckpoint)
                .map(CheckpointRow::size)
                .orElseThrow(() -> new ProblemException(Problem.WRONG_STATE, "Nothing is sealed yet; the first checkpoint follows the first entry within seconds."));
    }

    /** @throws IOException if {@code out} does not take it; the zip has no end then */
    void write(Actor reader, long size, OutputStream out) throws IOException {
        try {
            transactions.atOneMoment(Job.ORG, reader, () -> {
                write(size, out);
                return true;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void write(long size, OutputStream out) {
        try (Stream<CheckpointRow> checkpoints = rows.checkpoints(size); Stream<TrailRows.Sealed> entries = rows.entries(size)) {
            BundleWriter.write(out, List.of(key), checkpoints.map(CheckpointRow::note).iterator(), entries.map(Bundles::line).iterator());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] line(TrailRows.Sealed entry) {
        byte[] line = entry.line();
        return line == null ? NO_LINE : line;
    }
}
