package dev.penstock.verifier;

import java.io.PrintStream;
import java.util.List;

/** Says a verdict to a person, with what it rests on. */
final class Report {

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void print(Verdict verdict, Trust trust) {
        switch (verdict) {
            case Verdict.Intact intact -> intact(intact, trust);
            case Verdict.Included included -> included(included, trust);
            case Verdict.Broken broken -> broken(broken);
        }
    }

    /** What else is in order. */
    void also(List<String> sentences) {
        sentences.forEach(sentence -> out.println("  " + sentence));
    }

    private void intact(Verdict.Intact intact, Trust trust) {
        Checkpoint last = intact.lastCheckpoint();
        if (last == null) {
            out.println("INTACT, and empty: there are no entries and no checkpoints.");
        } else {
            out.println("INTACT: " + (last.size() == 1 ? "the one entry is" : "all " + last.size() + " entries are")
                    + " in place and as sealed, up to the last checkpoint at " + last.time() + ".");
            out.println("  " + Words.count(intact.checkpoints(), "checkpoint", "checkpoints") + " signed by " + last.origin() + ", root "
                    + last.root().base64());
        }
        if (intact.notYetSealed() > 0) {
            out.println("  Not yet sealed: " + intact.notYetSealed() + " after the last checkpoint. Nothing is proven about "
                    + (intact.notYetSealed() == 1 ? "it." : "them."));
        }
        kept(intact);
        intact.remarks().forEach(remark -> out.println("  Odd, but no alteration: " + remark));
        key(trust);
    }

    private void kept(Verdict.Intact intact) {
        if (intact.kept() == 0) {
            out.println("  You gave no checkpoint that you kept: a history that the holder of the key rewrote is found only with one"
                    + " (--checkpoint). Keep this bundle's checkpoints.txt for the next time.");
        } else {
            out.println("  " + (intact.kept() == 1 ? "The checkpoint that you kept is" : "All " + intact.kept() + " checkpoints that you kept are")
                    + " part of this history.");
        }
    }

    private void included(Verdict.Included included, Trust trust) {
        out.println("INTACT: this is entry " + included.index() + " of the " + included.checkpoint().size() + " that "
                + included.checkpoint().origin() + " sealed by " + included.checkpoint().time() + ".");
        out.println("  " + Words.printable(included.line()));
        key(trust);
    }

    private void key(Trust trust) {
        for (LogKey key : trust.keys()) {
            out.println(trust.independent()
                    ? "  Checked with your key " + key + "."
                    : "  The key came with the file, so this shows that the file agrees with itself, not who made it. Compare it with the"
                            + " key you hold, or give that (--key): " + key);
        }
    }

    private void broken(Verdict.Broken broken) {
        out.println("BROKEN: " + Words.count(broken.findings().size(), "finding", "findings")
                + (broken.complete() ? "." : ", and the search was stopped there."));
        broken.findings().forEach(finding -> out.println("  " + finding.sentence()));
    }
}
