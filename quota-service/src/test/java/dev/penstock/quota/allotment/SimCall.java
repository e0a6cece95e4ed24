package dev.penstock.quota.allotment;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An attempt, and what really became of it, whatever anybody has written down. */
final class SimCall {

    enum State { ASKING, TAKEN, RUNNING, ENDED }

    final int number;
    final int project;
    final int key;
    final Instant ts;
    final long bound;
    final long began;
    State state = State.ASKING;
    List<Share> shares = List.of();
    /** What it really used, once it has ended. */
    long used;
    boolean hungUp;
    /** Whether it holds its replica's turn to draw. */
    boolean inTurn;
    @Nullable SimReplica by;

    SimCall(int number, int project, int key, Instant ts, long bound, long began) {
        this.number = number;
        this.project = project;
        this.key = key;
        this.ts = ts;
        this.bound = bound;
        this.began = began;
    }

    /** What it can have used at most, as far as the world knows. */
    long atMost() {
        return state == State.ENDED ? used : bound;
    }
}
