package dev.penstock.contract.quota;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.Money;
import dev.penstock.contract.TenantId;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state of the books.
 *
 * @param invariants what must hold, and when it was last found to
 * @param setAside what is held of limits on calls at this moment, by calls under way and by replicas
 * @param losses what nobody pays, of this month and the two before in UTC, the newest first
 * @param engines compared with the ledger, by model
 * @param comparisons the last that explained something or left something unexplained, newest first
 */
public record HealthView(
        Instant at,
        List<InvariantState> invariants,
        SettlementState settlement,
        List<ReplicaState> replicas,
        List<SetAside> setAside,
        List<Loss> losses,
        List<LossToday> lossesToday,
        List<EngineState> engines,
        List<Comparison> comparisons) {

    public enum Outcome {
        HOLDS,
        BROKEN,
        /** It took longer than it may. */
        NOT_FINISHED,
        /** It only says something when no call is under way. */
        CALLS_UNDER_WAY
    }

    /**
     * @param name as in logs and metrics
     * @param sentence what must hold
     * @param recent of the last hours, asked often; null: not asked yet
     * @param all of everything that is kept, asked seldom; null: not asked yet
     */
    public record InvariantState(String name, String sentence, @Nullable Sample recent, @Nullable Sample all) {

        /** Whether the last answer found it broken. */
        public boolean broken() {
            return recent != null && recent.outcome() == Outcome.BROKEN || all != null && all.outcome() == Outcome.BROKEN;
        }
    }

    /**
     * @param breaks a line for each of the first that were found
     * @param heldAt when it was last found to hold; null: never
     */
    public record Sample(Instant at, Outcome outcome, long tookMillis, List<String> breaks, @Nullable Instant heldAt) {}

    /**
     * @param open attempts under way or not settled
     * @param oldestOpen when the call of the oldest of them came; null: none
     * @param overdue of them, those that must have ended
     * @param unheard of them, those of replicas that have said nothing for a minute; they are settled when their journals are read
     * @param behindSince since when ends have waited without a pause at some replica; null: at none
     * @param attempts of the last 30 days
     * @param estimated of those, the ones whose tokens no engine told
     */
    public record SettlementState(
            long open, @Nullable Instant oldestOpen, long overdue, long unheard, @Nullable Instant behindSince, long attempts, long estimated) {}

    /**
     * @param seenAt when it last said that it lives
     * @param told what it says of itself; null: nothing yet
     * @param unread its lives, former or silent, whose journals nobody has read to the end; until that is done no engine can be compared
     * @param left journals of lives that are silent, by which something is held or under way, or was written off
     */
    public record ReplicaState(String name, Instant seenAt, @Nullable ReplicaFigures told, int unread, List<LeftJournal> left) {}

    /**
     * What a replica left that is silent: only who has the journal knows more.
     *
     * @param heardAt when its last life was last heard of; null: nobody knows
     * @param goneFrom from when on it may be declared gone for good; null: now
     * @param attempts under way by its last word
     * @param tenants of whose limits it holds something
     * @param held by meter
     * @param money what calls that took from it can have cost at most; written off: what was booked
     * @param writtenOff null: it is not
     */
    public record LeftJournal(
            UUID journal, @Nullable Instant heardAt, @Nullable Instant goneFrom, long attempts, long tenants, List<HeldAmount> held, List<Money> money,
            @Nullable WrittenOff writtenOff) {}

    public record HeldAmount(Meter meter, BigInteger amount) {}

    /** Until its journal turns up. */
    public record WrittenOff(Instant at, String by, String reason) {}

    /**
     * @param places for ends of attempts in its journal
     * @param taken of those
     * @param waiting ends that wait to be settled
     * @param copies of tables in its memory
     */
    public record ReplicaFigures(Instant at, int places, int taken, int waiting, @Nullable Instant behindSince, List<CopyAge> copies) {}

    public record CopyAge(String name, Duration age) {}

    /**
     * @param amount for calls that were admitted one by one, in the meter's unit, see {@link LimitSpec}
     * @param shares how many it is the sum of
     * @param held by replicas, taken by their calls or idle
     * @param writtenOff held by replicas that are gone for good: counted until its periods end, or their journals turn up
     */
    public record SetAside(Meter meter, BigInteger amount, long shares, BigInteger held, BigInteger writtenOff) {}

    /**
     * @param cause how the attempts ended
     * @param attempts that lost something
     * @param input tokens; below zero: fewer were produced than were booked
     * @param money what they were worth, by currency; empty: nothing
     */
    public record Loss(YearMonth month, String cause, long attempts, BigInteger input, BigInteger output, List<Money> money) {}

    /**
     * What the engine of one endpoint has produced today (UTC) that nobody pays.
     *
     * @param model null: it was never compared
     * @param tokens of input and output
     * @param most more is an alarm
     */
    public record LossToday(EndpointId endpoint, @Nullable String model, BigInteger tokens, long most) {

        public boolean beyond() {
            return tokens.compareTo(BigInteger.valueOf(most)) > 0;
        }
    }

    public enum EngineStanding {
        COMPARED,
        /** Its process has had no quiet moment yet. */
        WAITING,
        /** It does not tell what it counted. */
        SILENT
    }

    /**
     * @param tenant who holds the endpoint
     * @param comparedAt the last quiet moment that was compared; null: none yet
     * @param silentSince null: it tells
     * @param failure why not, in words
     * @param unexplained tokens of the last days that are an alarm while they are not zero
     * @param atLeast unexplained for certain although calls are under way
     * @param days of the last two weeks on which something was unexplained
     */
    public record EngineState(
            TenantId tenant,
            String tenantName,
            EndpointId endpoint,
            String model,
            EngineStanding standing,
            @Nullable Instant comparedAt,
            @Nullable Instant silentSince,
            @Nullable String failure,
            Difference unexplained,
            Difference atLeast,
            List<UnexplainedDay> days) {

        public boolean alarms() {
            return !unexplained.isZero() || !atLeast.isZero();
        }
    }

    /** Tokens by which an engine counted more than was booked; below zero, fewer. */
    public record Difference(long input, long output) {

        public boolean isZero() {
            return input == 0 && output == 0;
        }
    }

    /** @param day in UTC */
    public record UnexplainedDay(LocalDate day, Difference unexplained) {}

    public enum ComparisonKind {
        /** Counting begins here; what the process did before is taken as it is. */
        BASELINE,
        COMPARED,
        /** Booked of a process that was gone before it could be compared. */
        REPLACED
    }

    /**
     * @param counted by the engine since the comparison before
     * @param booked in the same time
     * @param explained by attempts that were cut off, failed or estimated
     */
    public record Comparison(
            Instant at, EndpointId endpoint, String model, ComparisonKind kind, Difference counted, Difference booked, Difference explained,
            Difference unexplained) {}

    /** Whether no invariant was found broken. */
    public boolean balanced() {
        return invariants.stream().noneMatch(InvariantState::broken);
    }

    /** Whether every token an engine counted is accounted for. */
    public boolean explained() {
        return engines.stream().noneMatch(EngineState::alarms);
    }
}
