package dev.penstock.quota.audit;

import dev.penstock.verifier.Hash;
import dev.penstock.verifier.Node;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The whole trail, read row by row in the running transaction. Close what you get. */
@Component
class TrailRows {

    /** Everything there is. */
    static final long ALL = Long.MAX_VALUE;

    /** Rows in memory at once. */
    private static final int FETCH = 500;

    private final JdbcClient jdbc;

    TrailRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A leaf with the line that its entry's row makes now.
     *
     * @param line null when the row makes none
     * @param trouble why, as a sentence; empty otherwise
     */
    record Sealed(long index, Hash leaf, byte @Nullable [] line, String trouble) {}

    /** For the running transaction: reading everything may take longer than a request may. */
    void takeAsLongAsItTakes() {
        jdbc.sql("select set_config('statement_timeout', '0', true)").query(String.class).single();
    }

    /** In order, those with an index below {@code size}. */
    Stream<Sealed> entries(long size) {
        return jdbc.sql("""
                        select l.index as place, l.hash, %s
                          from audit.leaf l left join audit.entry e on e.id = l.entry_id
                         where l.index < :size
                         order by l.index""".formatted(EntryRow.COLUMNS))
                .withFetchSize(FETCH)
                .param("size", size)
                .query((row, number) -> sealed(row))
                .stream();
    }

    /** Every stored subtree, in the order in which leaves complete them. */
    Stream<TreeTable.Subtree> subtrees() {
        return jdbc.sql("""
                        select level, index, hash from audit.node
                         where level between 1 and 62
                         order by (index + 1) << level::int, level""")
                .withFetchSize(FETCH)
                .query((row, number) -> new TreeTable.Subtree(new Node(row.getInt("level"), row.getLong("index")), TreeTable.hash(row, "hash")))
                .stream();
    }

    /** Oldest first, those that cover no more than {@code size}. */
    Stream<CheckpointRow> checkpoints(long size) {
        return jdbc.sql("select number, size, root, at, note from audit.checkpoint where size <= :size order by number")
                .withFetchSize(FETCH)
                .param("size", size)
                .query((row, number) -> TreeTable.checkpoint(row))
                .stream();
    }

    private static Sealed sealed(ResultSet row) throws SQLException {
        long index = row.getLong("place");
        Hash leaf = TreeTable.hash(row, "hash");
        if (row.getString("id") == null) {
            return new Sealed(index, leaf, null, "Its row is gone.");
        }
        try {
            return new Sealed(index, leaf, EntryRow.bytes(EntryRow.line(row, index)), "");
        } catch (Contradiction e) {
            return new Sealed(index, leaf, null, e.sentence());
        }
    }
}
