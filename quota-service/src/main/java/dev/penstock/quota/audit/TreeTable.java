package dev.penstock.quota.audit;

import dev.penstock.frame.jobs.Timestamps;
import dev.penstock.verifier.Hash;
import dev.penstock.verifier.Node;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The statements on the tree and its checkpoints, in whichever transaction runs. */
@Component
class TreeTable {

    /** Of the advisory lock that whoever seals holds; "penstock" in ASCII. */
    private static final long LOCK = 0x70656e73746f636bL;

    private final JdbcClient jdbc;
    private final JdbcOperations batches;

    TreeTable(JdbcClient jdbc, JdbcOperations batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** A leaf in its place. */
    record Leaf(long index, UUID entry, Hash hash) {}

    /** A subtree that is complete and never changes again; not a leaf. */
    record Subtree(Node node, Hash hash) {}

    /** Waits until no other replica seals. Held until the transaction ends; what the other committed is seen by the next statement. */
    void lock() {
        jdbc.sql("select pg_advisory_xact_lock(:lock)::text").param("lock", LOCK).query(String.class).single();
    }

    /** Leaves in the tree. */
    long size() {
        return jdbc.sql("select coalesce(max(index), -1) + 1 from audit.leaf").query(Long.class).single();
    }

    /** @throws Contradiction if it is missing */
    Hash hash(Node node) {
        return find(node).orElseThrow(() -> new Contradiction(
                "The tree's hash at level " + node.level() + ", number " + node.index() + " is missing from the database."));
    }

    private Optional<Hash> find(Node node) {
        JdbcClient.StatementSpec statement = node.level() == 0
                ? jdbc.sql("select hash from audit.leaf where index = :index")
                : jdbc.sql("select hash from audit.node where level = :level and index = :index").param("level", node.level());
        return statement.param("index", node.index()).query((row, number) -> hash(row, "hash")).optional();
    }

    void addLeaves(List<Leaf> leaves) {
        batches.batchUpdate("insert into audit.leaf (index, entry_id, hash) values (?, ?, ?)", leaves, Math.max(1, leaves.size()), (statement, leaf) -> {
            statement.setLong(1, leaf.index());
            statement.setObject(2, leaf.entry());
            statement.setBytes(3, leaf.hash().bytes());
        });
    }

    void addSubtrees(List<Subtree> subtrees) {
        batches.batchUpdate("insert into audit.node (level, index, hash) values (?, ?, ?)", subtrees, Math.max(1, subtrees.size()), (statement, subtree) -> {
            statement.setLong(1, subtree.node().level());
            statement.setLong(2, subtree.node().index());
            statement.setBytes(3, subtree.hash().bytes());
        });
    }

    Optional<CheckpointRow> lastCheckpoint() {
        return jdbc.sql("select number, size, root, at, note from audit.checkpoint order by number desc limit 1")
                .query((row, number) -> checkpoint(row))
                .optional();
    }

    void addCheckpoint(CheckpointRow checkpoint) {
        jdbc.sql("insert into audit.checkpoint (number, size, root, at, note) values (:number, :size, :root, :at, :note)")
                .param("number", checkpoint.number())
                .param("size", checkpoint.size())
                .param("root", checkpoint.root().bytes())
                .param("at", checkpoint.at().atOffset(ZoneOffset.UTC))
                .param("note", checkpoint.note())
                .update();
    }

    static CheckpointRow checkpoint(ResultSet row) throws SQLException {
        return new CheckpointRow(
                row.getLong("number"),
                row.getLong("size"),
                hash(row, "root"),
                Timestamps.read(row, "at"),
                String.valueOf(row.getString("note")));
    }

    /** @throws Contradiction if it is none, which the table's own checks rule out */
    static Hash hash(ResultSet row, String column) throws SQLException {
        try {
            return Hash.of(Objects.requireNonNull(row.getBytes(column), column));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new Contradiction("A hash in the database is none: " + e.getMessage() + ".", e);
        }
    }
}
