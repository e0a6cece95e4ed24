package dev.penstock.quota.ledger;

import dev.penstock.contract.CallId;
import dev.penstock.contract.SliceId;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is booked together, and what for. */
public sealed interface Entry {

    /** Postings are told apart by 15 minutes, of which the days and months of every time zone are made. */
    Duration BUCKET = Duration.ofMinutes(15);

    /** Of what is written off and written back. */
    String REPLICA_GONE = "replica-gone";

    List<Transfer> transfers();

    /** What the attempts of a batch cost their callers. */
    record Calls(List<Transfer> transfers) implements Entry {}

    /** What one attempt used and nobody pays. */
    record Loss(CallId call, int attempt, String cause, List<Transfer> transfers) implements Entry {}

    /** What its engine counted of an attempt beyond what was booked, or did not count of what was. */
    record Found(CallId call, int attempt, String cause, List<Transfer> transfers) implements Entry {}

    /** What an attempt costs its caller that was told when its day was archived. */
    record Correction(CallId call, int attempt, String cause, List<Transfer> transfers) implements Entry {}

    /** What calls of a replica that is gone for good can have cost at most, until its journal turns up. */
    record WrittenOff(UUID writeOff, List<Transfer> transfers) implements Entry {}

    /** It turned up: what was written off is taken back. */
    record WrittenBack(UUID writeOff, List<Transfer> transfers) implements Entry {}

    /** One booked row of a slice's time. */
    record SliceTime(SliceId slice, int phase, long fromSecond, List<Transfer> transfers) implements Entry {}

    /** One line of the entry: an account, and by how much what it owes grows. */
    record Posting(Account account, Instant bucket, Unit unit, BigInteger amount) {}

    /** The bucket of a moment. */
    static Instant bucket(Instant at) {
        return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), BUCKET.toSeconds()) * BUCKET.toSeconds());
    }

    /** The transfers added up by account, bucket and unit; without what comes to zero. Adds up to zero in every unit. */
    default List<Posting> postings() {
        record Line(Account account, Instant bucket, Unit unit) {}
        Map<Line, BigInteger> sums = new LinkedHashMap<>();
        for (Transfer transfer : transfers()) {
            Instant bucket = bucket(transfer.at());
            sums.merge(new Line(transfer.owes(), bucket, transfer.unit()), transfer.amount(), BigInteger::add);
            sums.merge(new Line(transfer.isOwed(), bucket, transfer.unit()), transfer.amount().negate(), BigInteger::add);
        }
        return sums.entrySet().stream()
                .filter(sum -> sum.getValue().signum() != 0)
                .map(sum -> new Posting(sum.getKey().account(), sum.getKey().bucket(), sum.getKey().unit(), sum.getValue()))
                .toList();
    }
}
