package dev.penstock.platform.fleet;

import dev.penstock.contract.OrderId;
import dev.penstock.contract.Problem;
import dev.penstock.contract.RepackId;
import dev.penstock.contract.platform.NodeGoal;
import dev.penstock.contract.platform.NodeOrderState;
import dev.penstock.frame.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator ordered of a node, and how far it is. Immutable: a verb answers with the order as it becomes, which {@link NodeOrders} writes.
 *
 * <pre>
 * CLOSE:  CLOSING ─ DONE                                      (until then → OPENING → CANCELLED)
 * EMPTY:  CLOSING ─ EMPTYING ─ DONE                           (until then → OPENING → CANCELLED)
 * RECUT:  CLOSING ─ EMPTYING ─ CUTTING ─ OPENING ─ DONE      (CUTTING → FAILED → EMPTYING by a retry, or GIVEN_UP)
 *            └─────────┴─ OPENING ─ CANCELLED                    (CLOSING → CANCELLED where somebody else closed the node meanwhile)
 * OPEN:   OPENING ─ DONE
 * </pre>
 *
 * <p>An order to close, empty or open a node is {@code REPLACED} by the next one; one to cut it is not.
 *
 * @param reason shown to whom it concerns
 * @param emptyAt from when on slices on the node are taken elsewhere
 * @param cut of each GPU how many partitions of each profile it is to have; only of {@code RECUT}
 * @param stops ids of slices that leave the node, or were promised a place on it, by what was consented to: they keep their part while it is cut
 * @param attempt from 1; part of the configuration's name
 * @param configAt when the MIG manager's configuration was written
 * @param since of the state
 * @param words what it waits for, why it failed, or what overtook it
 * @param remaining pods of ours last seen on the node
 * @param cancelled it is being opened because somebody cancelled it, or something overtook it
 * @param foundClosed the node took no pods already when this order came to it: if it is cancelled it stays so
 * @param version grows with every change; whoever decided on an older one is overtaken
 */
public record NodeOrder(
        OrderId id,
        String node,
        NodeGoal goal,
        NodeOrderState state,
        String orderedBy,
        Instant orderedAt,
        @Nullable String reason,
        Instant emptyAt,
        @Nullable RepackId repack,
        List<Map<String, Integer>> cut,
        List<String> stops,
        int attempt,
        @Nullable Instant configAt,
        Instant since,
        @Nullable String words,
        int remaining,
        boolean cancelled,
        boolean foundClosed,
        @Nullable Instant endedAt,
        long version) {

    public NodeOrder {
        cut = cut.stream().map(Map::copyOf).toList();
        stops = List.copyOf(stops);
        if ((goal == NodeGoal.RECUT) == cut.isEmpty()) {
            throw new IllegalArgumentException("an order to cut says how, and no other does: " + goal + " " + cut);
        }
        if (state.live() != (endedAt == null)) {
            throw new IllegalArgumentException("what has ended has a time of its end: " + state);
        }
    }

    static NodeOrder of(OrderId id, String node, NodeGoal goal, String by, Instant at, @Nullable String reason, Instant emptyAt) {
        NodeOrderState first = goal == NodeGoal.OPEN ? NodeOrderState.OPENING : NodeOrderState.CLOSING;
        return new NodeOrder(id, node, goal, first, by, at, reason, emptyAt, null, List.of(), List.of(), 1, null, at, null, 0, false, false, null, 0);
    }

    static NodeOrder recut(
            OrderId id, String node, String by, Instant at, @Nullable String reason, Instant emptyAt, RepackId repack, List<Map<String, Integer>> cut, List<String> stops) {
        return new NodeOrder(
                id, node, NodeGoal.RECUT, NodeOrderState.CLOSING, by, at, reason, emptyAt, repack, cut, stops, 1, null, at, null, 0, false, false, null, 0);
    }

    /**
     * Whether who is on the node has to leave it: also while it is cut, for whoever was placed the moment before it was closed. Not when that failed: whoever
     * is there then came because a person opened the node. And not before it was looked whether only those are there whom consent names.
     */
    public boolean empties() {
        return switch (state) {
            case EMPTYING -> goal != NodeGoal.RECUT || configAt != null;
            case CUTTING -> true;
            case CLOSING, OPENING, FAILED, DONE, CANCELLED, GIVEN_UP, REPLACED -> false;
        };
    }

    /** What its MIG configuration is called. Another one for each attempt: the MIG manager acts when the label changes, and only then. */
    public String config() {
        return configs(id) + attempt;
    }

    /** What the names of all its configurations begin with. */
    static String configs(OrderId id) {
        return "penstock-" + id.value().toString().replace("-", "") + "-";
    }

    /** Somebody else closed the node before this order came to it. */
    public NodeOrder comesToClosed() {
        if (!cancelled || state != NodeOrderState.OPENING) {
            require(NodeOrderState.CLOSING);
        }
        return new NodeOrder(
                id, node, goal, state, orderedBy, orderedAt, reason, emptyAt, repack, cut, stops, attempt, configAt, since, words, remaining, cancelled, true, endedAt, version + 1);
    }

    /** The node takes no new pods any more. */
    public NodeOrder closed(Instant now) {
        require(NodeOrderState.CLOSING);
        return goal == NodeGoal.CLOSE ? ended(NodeOrderState.DONE, null, now) : in(NodeOrderState.EMPTYING, null, now);
    }

    /** The configuration is where the MIG manager reads it, or will be in a while. */
    public NodeOrder configured(Instant now) {
        require(NodeOrderState.EMPTYING);
        return new NodeOrder(
                id, node, goal, state, orderedBy, orderedAt, reason, emptyAt, repack, cut, stops, attempt, now, since, words, remaining, cancelled, foundClosed, endedAt, version + 1);
    }

    /** So many are still there; null: nothing has changed. */
    public @Nullable NodeOrder waits(int pods, @Nullable String sentence) {
        if (pods == remaining && Objects.equals(sentence, words)) {
            return null;
        }
        return new NodeOrder(
                id, node, goal, state, orderedBy, orderedAt, reason, emptyAt, repack, cut, stops, attempt, configAt, since, sentence, pods, cancelled, foundClosed, endedAt, version + 1);
    }

    /** Nobody is there any more. From now on the label may be on the node. */
    public NodeOrder emptied(Instant now) {
        require(NodeOrderState.EMPTYING);
        return goal == NodeGoal.EMPTY ? ended(NodeOrderState.DONE, null, now) : in(NodeOrderState.CUTTING, null, now);
    }

    /** The node offers what it was to be cut into. */
    public NodeOrder cutDone(Instant now) {
        require(NodeOrderState.CUTTING);
        return in(NodeOrderState.OPENING, null, now);
    }

    public NodeOrder failed(String why, Instant now) {
        if (goal != NodeGoal.RECUT || state != NodeOrderState.EMPTYING) {
            require(NodeOrderState.CUTTING);
        }
        return in(NodeOrderState.FAILED, why, now);
    }

    /** Something happened at the node that nobody consented to: it is opened again, and the order ends. */
    public NodeOrder overtaken(String what, Instant now) {
        require(NodeOrderState.EMPTYING);
        return new NodeOrder(
                id, node, goal, NodeOrderState.OPENING, orderedBy, orderedAt, reason, emptyAt, repack, cut, stops, attempt, configAt, now, what, remaining, true, foundClosed, null, version + 1);
    }

    /** Somebody else closed the node before this order did: theirs to open. */
    public NodeOrder closedByOthers(String what, Instant now) {
        require(NodeOrderState.CLOSING);
        return ended(NodeOrderState.CANCELLED, what, now);
    }

    /** The node takes pods again. */
    public NodeOrder opened(Instant now) {
        require(NodeOrderState.OPENING);
        return cancelled ? ended(NodeOrderState.CANCELLED, words, now) : ended(NodeOrderState.DONE, null, now);
    }

    /**
     * Somebody does not want it any more. Null if that is under way already, or done.
     *
     * @throws ProblemException {@code wrong_state} when the MIG manager was told, or it is done
     */
    @Nullable NodeOrder cancel(Instant now) {
        if (cancelled) {
            return null;
        }
        if (state != NodeOrderState.CLOSING && state != NodeOrderState.EMPTYING) {
            throw new ProblemException(Problem.WRONG_STATE, state == NodeOrderState.CUTTING
                    ? "The MIG manager was told to cut " + node + " already; it can only be waited for."
                    : "It is " + state.name().toLowerCase(Locale.ROOT) + "; there is nothing left to cancel.");
        }
        return new NodeOrder(
                id, node, goal, NodeOrderState.OPENING, orderedBy, orderedAt, reason, emptyAt, repack, cut, stops, attempt, configAt, now, null, remaining, true, foundClosed, null, version + 1);
    }

    /** @throws ProblemException {@code wrong_state} if it did not fail */
    NodeOrder retry(Instant now) {
        requireFailed();
        return new NodeOrder(
                id, node, goal, NodeOrderState.EMPTYING, orderedBy, orderedAt, reason, emptyAt, repack, cut, stops, attempt + 1, null, now, null, remaining, false, foundClosed, null, version + 1);
    }

    /** @throws ProblemException {@code wrong_state} if it did not fail */
    NodeOrder giveUp(Instant now) {
        requireFailed();
        return ended(NodeOrderState.GIVEN_UP, words, now);
    }

    /**
     * Another order of the node takes its place.
     *
     * @throws ProblemException {@code wrong_state} while it is cut anew
     */
    NodeOrder replaced(Instant now) {
        if (goal == NodeGoal.RECUT) {
            throw new ProblemException(Problem.WRONG_STATE, node + " is being cut anew; cancel that first, or give it up if it failed.").with("order", id.toString());
        }
        return ended(NodeOrderState.REPLACED, null, now);
    }

    private void requireFailed() {
        if (state != NodeOrderState.FAILED) {
            throw new ProblemException(Problem.WRONG_STATE, "It did not fail.");
        }
    }

    private void require(NodeOrderState expected) {
        if (state != expected) {
            throw new IllegalStateException("order " + id + " is " + state + ", not " + expected);
        }
    }

    private NodeOrder in(NodeOrderState next, @Nullable String sentence, Instant now) {
        return new NodeOrder(
                id, node, goal, next, orderedBy, orderedAt, reason, emptyAt, repack, cut, stops, attempt, configAt, now, sentence, remaining, cancelled, foundClosed, null, version + 1);
    }

    private NodeOrder ended(NodeOrderState next, @Nullable String sentence, Instant now) {
        return new NodeOrder(
                id, node, goal, next, orderedBy, orderedAt, reason, emptyAt, repack, cut, stops, attempt, configAt, now, sentence, 0, cancelled, foundClosed, now, version + 1);
    }
}
