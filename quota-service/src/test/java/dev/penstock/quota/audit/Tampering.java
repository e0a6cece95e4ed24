package dev.penstock.quota.audit;

import dev.penstock.verifier.SigningKey;
import java.security.SecureRandom;
import java.util.function.Consumer;

/**
 * What somebody with every right on the database may try on a trail of 25 entries and 4 checkpoints (7, 12, 20, 25), and what gives them
 * away. An auditor's bundle does not hold the tree's nodes and needs no particular checkpoint, so what touches only those is harmless there.
 */
enum Tampering {
    EDITED("Entry 3 is not what was sealed", Bundle.BROKEN, Sealer.GOES_ON, edit -> edit.sql("update audit.entry set reason = 'another' where id = " + id(3))),
    EDITED_AFTER("Entry 24 is not what was sealed", Bundle.BROKEN, Sealer.GOES_ON, edit -> edit.sql("update audit.entry set after = '{\"n\": 99}' where id = " + id(24))),
    OTHER_ACTOR("Entry 0 is not what was sealed", Bundle.BROKEN, Sealer.GOES_ON, edit -> edit.sql("update audit.entry set actor = 'bob' where id = " + id(0))),
    MOVED_IN_TIME("Entry 9 is not what was sealed", Bundle.BROKEN, Sealer.GOES_ON, edit -> edit.sql("update audit.entry set at = at + interval '1 microsecond' where id = " + id(9))),
    MADE_IMPOSSIBLE("Entry 5 cannot be read", Bundle.BROKEN, Sealer.GOES_ON, edit -> edit.sql(
            "alter table audit.entry drop constraint if exists entry_can_be_sealed", "update audit.entry set at = 'infinity' where id = " + id(5))),
    EDITED_WITH_ITS_LEAF("At least one of entries 0 to 6 was altered", Bundle.BROKEN, Sealer.GOES_ON, edit -> {
        edit.sql("update audit.entry set reason = 'another' where id = " + id(3));
        edit.forger().rehashLeaves();
    }),
    DELETED("Entry 4 cannot be read. Its row is gone", Bundle.BROKEN, Sealer.GOES_ON, edit -> edit.sql("delete from audit.entry where id = " + id(4))),
    DELETED_WITH_ITS_LEAF("Entry 4 is missing", Bundle.BROKEN, Sealer.GOES_ON, edit -> edit.sql(
            "delete from audit.entry where id = " + id(4), "delete from audit.leaf where index = 4")),
    DELETED_AND_CLOSED_UP("is missing at the end", Bundle.BROKEN, Sealer.STOPS, edit -> {
        edit.sql("delete from audit.entry where id = " + id(4), "delete from audit.leaf where index = 4");
        edit.forger().renumber();
        edit.forger().rehashTree();
    }),
    SWAPPED("Entry 10 is not what was sealed", Bundle.BROKEN, Sealer.GOES_ON, edit -> edit.sql(
            "alter table audit.leaf drop constraint if exists leaf_entry_id_key",
            "update audit.leaf l set entry_id = o.entry_id from audit.leaf o where (l.index = 10 and o.index = 11) or (l.index = 11 and o.index = 10)")),
    SWAPPED_WITH_LEAVES("At least one of entries 7 to 11 was altered", Bundle.BROKEN, Sealer.STOPS, edit -> {
        edit.sql("alter table audit.leaf drop constraint if exists leaf_entry_id_key",
                "update audit.leaf l set entry_id = o.entry_id from audit.leaf o where (l.index = 10 and o.index = 11) or (l.index = 11 and o.index = 10)");
        edit.forger().rehashTree();
    }),
    INSERTED("At least one of entries 7 to 11 was altered", Bundle.BROKEN, Sealer.STOPS, edit -> {
        edit.sql("alter table audit.leaf drop constraint if exists leaf_index_check",
                "update audit.leaf set index = -index - 1000000 where index >= 8",
                "update audit.leaf set index = -index - 1000000 + 1 where index < 0",
                "insert into audit.entry (id, actor, actor_kind, action, subject_kind, subject_id, outcome) "
                        + "values ('00000000-0000-7000-8000-000000000001', 'ann', 'person', 'thing.change', 'thing', '7', 'done')",
                "insert into audit.leaf select 8, '00000000-0000-7000-8000-000000000001', hash from audit.leaf where index = 0");
        edit.forger().rehashTree();
    }),
    CUT_OFF("fewer than the checkpoint you kept", Bundle.BROKEN_BY_WHAT_WAS_KEPT, Sealer.STOPS, edit -> edit.sql(
            "delete from audit.entry where id in (select entry_id from audit.leaf where index >= 20)",
            "delete from audit.leaf where index >= 20",
            "delete from audit.node where (index + 1) << level::int > 20",
            "delete from audit.checkpoint where size > 20")),
    REWRITTEN_WITHOUT_A_KEY("At least one of entries 0 to 6 was altered", Bundle.BROKEN, Sealer.STOPS, edit -> {
        edit.sql("update audit.entry set reason = 'another' where id = " + id(3));
        edit.forger().rehashTree();
    }),
    REWRITTEN_WITH_ANOTHER_KEY("No key that you trust signed checkpoint 1", Bundle.BROKEN, Sealer.STOPS, edit -> {
        edit.sql("update audit.entry set reason = 'another' where id = " + id(3));
        edit.forger().rewriteEverything(SigningKey.generate(TestTrail.ORIGIN, new SecureRandom()));
    }),
    REWRITTEN_WITH_THE_TRUE_KEY("the history was rewritten since", Bundle.BROKEN_BY_WHAT_WAS_KEPT, Sealer.STOPS, edit -> {
        edit.sql("update audit.entry set reason = 'another' where id = " + id(3));
        edit.forger().rewriteEverything(edit.trail().key);
    }),
    NODE_AT_THE_EDGE_ALTERED("The stored hashes of the tree are not those of the entries, first at level 4, number 0", Bundle.HARMLESS, Sealer.STOPS, edit -> edit.sql(
            "update audit.node set hash = sha256('x') where level = 4 and index = 0")),
    NODE_ALTERED("The stored hashes of the tree are not those of the entries, first at level 3, number 1", Bundle.HARMLESS, Sealer.GOES_ON, edit -> edit.sql(
            "update audit.node set hash = sha256('x') where level = 3 and index = 1")),
    NODE_ADDED("The stored hashes of the tree are not those of the entries, first at level 3, number 3", Bundle.HARMLESS, Sealer.GOES_ON, edit -> edit.sql(
            "insert into audit.node values (3, 3, sha256('x'))")),
    CHECKPOINT_NOTE_ALTERED("The signature of checkpoint 2", Bundle.BROKEN, Sealer.GOES_ON, edit -> edit.sql(
            "update audit.checkpoint set note = replace(note, E'\\ntime 2', E'\\ntime 1') where number = 2")),
    CHECKPOINT_ROW_ALTERED("The row of checkpoint 4 says other than its signed note", Bundle.HARMLESS, Sealer.STOPS, edit -> edit.sql(
            "update audit.checkpoint set at = at - interval '1 hour' where number = 4")),
    CHECKPOINT_DELETED("Checkpoint 3 is missing", Bundle.HARMLESS, Sealer.GOES_ON, edit -> edit.sql("delete from audit.checkpoint where number = 3"));

    /** What the auditor's program says of the bundle exported afterwards. */
    enum Bundle {
        BROKEN,
        /** Only to an auditor who kept a checkpoint from before. */
        BROKEN_BY_WHAT_WAS_KEPT,
        /** The entries and what was signed of them are as they were. */
        HARMLESS
    }

    /** Whether the sealer meets it before somebody verifies. It looks at log n hashes of the tree, never at old entries. */
    enum Sealer {
        STOPS,
        GOES_ON
    }

    final String finding;
    final Bundle bundle;
    final Sealer sealer;
    private final Consumer<Edit> intrusion;

    Tampering(String finding, Bundle bundle, Sealer sealer, Consumer<Edit> intrusion) {
        this.finding = finding;
        this.bundle = bundle;
        this.sealer = sealer;
        this.intrusion = intrusion;
    }

    void on(TestTrail trail) {
        intrusion.accept(new Edit(trail));
    }

    private record Edit(TestTrail trail) {

        void sql(String... statements) {
            trail.asIntruder(statements);
        }

        Forger forger() {
            return new Forger(trail);
        }
    }

    private static String id(int index) {
        return "(select entry_id from audit.leaf where index = " + index + ")";
    }
}
