package dev.penstock.quota.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What is known of attempts on their way to the ledger, kept in files that outlive the process.
 *
 * <pre>
 * open     a place is taken, before the attempt is admitted
 * intend   what it is promised, where the database does not hold that; nothing is forwarded before it is on disk
 * keep     how it ends if nothing more is heard of it: at each count, before the client gets what was counted
 * settle   the gateway tells the end, once; more often does nothing
 * take     settlement fetches what is on disk
 * done     it is in the ledger; the place is free
 * </pre>
 *
 * <p>What an earlier life left is there to be taken from the beginning.
 */
public final class Journal implements AutoCloseable {

    private final JournalFolder folder;
    private final Places places;
    private final OnDisk onDisk;
    private final JournalWriter writer;
    private volatile boolean givenUp;
    private boolean begun;

    /** @throws JournalUnusable if what an earlier life left is damaged */
    Journal(JournalSettings settings, JournalFolder folder, JournalMetrics metrics) {
        Replay replay = folder.replay();
        this.folder = folder;
        this.places = new Places(settings.capacity(), replay.ends().values());
        this.onDisk = new OnDisk(places);
        this.writer = new JournalWriter(folder, settings, onDisk, metrics);
        inherit(replay);
        metrics.replayed(replay, folder.path());
    }

    private void inherit(Replay replay) {
        if (replay.torn() != null) {
            folder.cut(replay.torn().getKey(), replay.torn().getValue());
        }
        replay.ends().values().forEach(onDisk::add);
        replay.files().forEach((name, attempts) -> {
            KeptFile file = folder.kept(name);
            for (Attempt attempt : attempts) {
                Place place = places.of(attempt);
                if (place != null) {
                    place.standsIn(file);
                }
            }
            file.finish();
        });
    }

    /** Who is told of ends that are on disk. To be said before the first can be. */
    void tell(List<EndsOnDisk> listeners) {
        onDisk.tell(listeners);
    }

    /** From now on attempts can be opened, if the disk has room. Once in the life of the process; more often does nothing. */
    public synchronized void begin(String replica, long epoch) {
        if (!begun) {
            begun = true;
            writer.begin(replica, epoch);
        }
    }

    /**
     * Takes a place for the end of an attempt.
     *
     * @param deadline when the attempt has ended for certain
     * @return false if there is none, or the disk takes nothing more, and the attempt must not begin
     */
    public boolean open(Attempt attempt, Instant deadline) {
        return places.open(attempt, deadline, writer);
    }

    /** Which journal this is: as long as its folder lives, and never another's. */
    public UUID id() {
        return folder.id();
    }

    /**
     * Promises what the intent says to an attempt that was opened. Nothing of the attempt may be forwarded before this has completed.
     *
     * @return completes on the journal's own thread, which waits meanwhile, when the intent is on disk; fails when the disk refuses it. Then nobody
     *     knows whether it is there: the attempt ends as {@linkplain Settlement#notForwarded not forwarded}
     */
    public CompletionStage<Void> intend(Intent intent) {
        Place place = places.of(intent.attempt());
        if (place == null || !place.promise(intent)) {
            return CompletableFuture.failedFuture(new IllegalStateException("attempt " + intent.attempt() + " is not open, or was promised something already"));
        }
        Told.Promise promise = Told.Promise.of(intent);
        writer.write(promise);
        return promise.written();
    }

    /**
     * Gives the place back: the attempt was not admitted.
     *
     * @throws IllegalStateException if something was promised to it: then it ends as {@linkplain Settlement#notForwarded not forwarded}
     */
    public void cancel(Attempt attempt) {
        Place place = places.of(attempt);
        if (place != null && place.promised()) {
            throw new IllegalStateException("attempt " + attempt + " was promised what it asked for, and cannot be cancelled");
        }
        leave(attempt);
    }

    /**
     * How the attempt is settled if the process dies now. A store into memory: for event loops, at every piece of an answer, before it is
     * passed on. Does nothing once the attempt has ended.
     */
    public void keep(Settlement ifNothingMoreIsHeard) {
        Place place = places.of(ifNothingMoreIsHeard.attempt());
        if (place != null) {
            place.keep(ifNothingMoreIsHeard);
        }
    }

    /**
     * Accepts the end of an attempt. Never waits: it is not lost if the process dies, and on its way to the disk.
     *
     * @return false if the attempt has no place or has ended already; nothing is lost by that, since it is settled or will be found
     */
    public boolean settle(Settlement settlement) {
        Place place = places.of(settlement.attempt());
        Ended ended = place == null ? null : place.end(settlement);
        if (ended == null) {
            return false;
        }
        writer.write(Told.End.of(ended));
        return true;
    }

    /** Waits for an end that is on disk, and returns it with those that wait behind it; empty when none came in time. */
    public List<Ended> take(int most, Duration patience) throws InterruptedException {
        return onDisk.take(most, patience);
    }

    /** Whether the attempt has ended and waits here to be settled. */
    public boolean holds(Attempt attempt) {
        Place place = places.of(attempt);
        return place != null && place.ended();
    }

    /** They are in the ledger, or cannot be settled and stay open there. */
    public void done(Collection<Ended> settled) {
        settled.forEach(ended -> {
            Place place = places.of(ended.attempt());
            if (place != null) {
                place.settled();
            }
            leave(ended.attempt());
        });
    }

    /** It cannot be settled. Its place is free; the file that says so is kept, for whoever looks and for the next start. */
    public void giveUp(Ended stuck) {
        givenUp = true;
        leave(stuck.attempt());
    }

    /** Whether something in it could not be settled. Then what former lives used is not known, and what they held is not returned. */
    public boolean hasGivenUp() {
        return givenUp;
    }

    /**
     * Ends attempts that must have ended long ago without anybody telling: at their bound, those whose intent is here. Of the others the database
     * knows more, and their places are free.
     *
     * @param before deadlines before this are over for certain
     * @return how many
     */
    public int abandon(Instant before) {
        List<Attempt> overdue = places.overdue(before);
        overdue.forEach(this::abandon);
        return overdue.size();
    }

    private void abandon(Attempt attempt) {
        Place place = places.of(attempt);
        Ended ended = place == null ? null : place.end(Settlement.neverSettled(attempt));
        if (ended != null && ended.intent() != null) {
            writer.write(Told.End.of(ended));
        } else if (ended != null) {
            leave(attempt);
        }
    }

    /** Whether everything that an earlier life left is settled. Until then nobody else judges its attempts. */
    public boolean recovered() {
        return places.recovered();
    }

    /** As {@link #recovered}, after waiting for it. */
    public boolean awaitRecovered(Duration patience) {
        return places.awaitRecovered(patience);
    }

    /** Nothing is under way, and everything that ended is in the ledger. */
    public boolean drained() {
        return places.isEmpty();
    }

    /** How many attempts it has places for. */
    public int places() {
        return places.capacity();
    }

    /** Attempts under way or waiting for their settlement. */
    public int open() {
        return places.taken();
    }

    /** Of those, the ones that have ended. */
    public int waiting() {
        return writer.waiting() + onDisk.size();
    }

    /** Whether the disk takes nothing; then nothing is opened, and what has ended waits. */
    public boolean blocked() {
        return writer.trouble() != null;
    }

    /** Why that is, as the disk says it; null: it is not. */
    @Nullable String trouble() {
        return writer.trouble();
    }

    private void leave(Attempt attempt) {
        places.leave(attempt, writer);
    }

    /** What was told is written, and the folder is somebody else's to open. What is not settled stays in it. */
    @Override
    public void close() {
        writer.close();
        if (drained()) {
            writer.forgetSlots();
        }
        folder.close();
    }
}
