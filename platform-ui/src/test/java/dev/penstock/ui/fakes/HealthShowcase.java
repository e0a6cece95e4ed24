package dev.penstock.ui.fakes;

import dev.penstock.contract.Money;
import dev.penstock.contract.quota.HealthView;
import dev.penstock.contract.quota.HealthView.Comparison;
import dev.penstock.contract.quota.HealthView.ComparisonKind;
import dev.penstock.contract.quota.HealthView.CopyAge;
import dev.penstock.contract.quota.HealthView.Difference;
import dev.penstock.contract.quota.HealthView.EngineStanding;
import dev.penstock.contract.quota.HealthView.EngineState;
import dev.penstock.contract.quota.HealthView.HeldAmount;
import dev.penstock.contract.quota.HealthView.InvariantState;
import dev.penstock.contract.quota.HealthView.LeftJournal;
import dev.penstock.contract.quota.HealthView.Loss;
import dev.penstock.contract.quota.HealthView.LossToday;
import dev.penstock.contract.quota.HealthView.Outcome;
import dev.penstock.contract.quota.HealthView.ReplicaFigures;
import dev.penstock.contract.quota.HealthView.ReplicaState;
import dev.penstock.contract.quota.HealthView.Sample;
import dev.penstock.contract.quota.HealthView.SetAside;
import dev.penstock.contract.quota.HealthView.SettlementState;
import dev.penstock.contract.quota.HealthView.UnexplainedDay;
import dev.penstock.contract.quota.HealthView.WrittenOff;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.WriteOffView;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;

/** The books on a good day, and on a bad one. */
public final class HealthShowcase {

    private static final Difference NONE = new Difference(0, 0);

    private HealthShowcase() {}

    public static HealthView well(Instant now) {
        return new HealthView(now, invariants(now), settlement(now), replicas(now), setAside(), losses(now),
                List.of(new LossToday(Ids.endpoint(1), "qwen2.5-7b-instruct", BigInteger.valueOf(12_400), 1_000_000), new LossToday(Ids.endpoint(4), null, BigInteger.valueOf(37), 1_000_000)),
                List.of(engine(1, "qwen2.5-7b-instruct", EngineStanding.COMPARED, now, NONE, List.of()),
                        engine(2, "vision/captions", EngineStanding.COMPARED, now, NONE, List.of()),
                        engine(3, "vision/night-batch", EngineStanding.WAITING, now, NONE, List.of())),
                List.of(new Comparison(now.minus(Duration.ofMinutes(7)), Ids.endpoint(1), "qwen2.5-7b-instruct", ComparisonKind.COMPARED,
                        new Difference(41_230, 12_880), new Difference(41_230, 12_843), new Difference(0, 37), NONE)));
    }

    /** Somebody reaches an engine past the gateway, another does not tell, and a sum is wrong. */
    public static HealthView unwell(Instant now) {
        HealthView well = well(now);
        Difference theirs = new Difference(18_400, 5_212);
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        List<InvariantState> invariants = well.invariants().stream().map(each -> each.name().equals("ROLLUP_IS_ROWS") ? broken(each, now) : each).toList();
        return new HealthView(
                now, invariants, new SettlementState(31, now.minus(Duration.ofMinutes(41)), 2, 0, now.minus(Duration.ofSeconds(95)), 1_284_094, 412), well.replicas(),
                well.setAside(), well.losses(), List.of(new LossToday(Ids.endpoint(2), "vision/captions", BigInteger.valueOf(1_640_000), 1_000_000)),
                List.of(engine(1, "qwen2.5-7b-instruct", EngineStanding.COMPARED, now, theirs,
                                List.of(new UnexplainedDay(today.minusDays(2), new Difference(6_000, 1_212)), new UnexplainedDay(today, new Difference(12_400, 4_000)))),
                        engine(2, "vision/captions", EngineStanding.SILENT, now, NONE, List.of())),
                List.of(new Comparison(now.minus(Duration.ofMinutes(3)), Ids.endpoint(1), "qwen2.5-7b-instruct", ComparisonKind.COMPARED,
                        new Difference(53_630, 16_880), new Difference(41_230, 12_843), new Difference(0, 37), new Difference(12_400, 4_000))));
    }

    private static InvariantState broken(InvariantState was, Instant now) {
        return new InvariantState(was.name(), was.sentence(),
                new Sample(now.minusSeconds(40), Outcome.BROKEN, 18, List.of("bucket 2026-11-20 14:00:00+00 of project 5e40: 12 12 0 in rows, 13 13 0 rolled up"),
                        now.minus(Duration.ofMinutes(6))),
                was.all());
    }

    private static List<InvariantState> invariants(Instant now) {
        return List.of(
                invariant("LEASED_IS_HELD", "What is set aside on a limit is what somebody holds of it", now, 4, 31),
                invariant("SETTLED_IS_USED", "What is used of a limit is what the rows of its period say", now, 22, 4_120),
                invariant("ROLLUP_IS_ROWS", "Sums by 15 minutes are the sums of the rows", now, 18, 6_310),
                invariant("EACH_ONCE", "Every attempt is booked once", now, 9, 2_204),
                invariant("COST_IS_TOKENS_TIMES_PRICE", "Every row costs its tokens times the price of its price book", now, 14, 3_870),
                invariant("BALANCED", "Postings add up to zero in every unit", now, 6, 880),
                invariant("LEDGER_IS_ROWS", "What callers owe in the ledger is what the rows say", now, 19, 5_102),
                invariant("EVERY_INTENT_ENDS_ONCE", "Every attempt that was promised is open or has its row", now, 16, 4_440),
                new InvariantState("NOTHING_IS_HELD_WHEN_QUIET", "Nothing is set aside when no call is under way, but what replicas hold for calls to come",
                        new Sample(now.minusSeconds(40), Outcome.CALLS_UNDER_WAY, 1, List.of(), now.minus(Duration.ofHours(9))), null));
    }

    private static InvariantState invariant(String name, String sentence, Instant now, long recent, long all) {
        Instant night = now.minus(Duration.ofHours(11));
        return new InvariantState(name, sentence,
                new Sample(now.minusSeconds(40), Outcome.HOLDS, recent, List.of(), now.minusSeconds(40)), new Sample(night, Outcome.HOLDS, all, List.of(), night));
    }

    private static SettlementState settlement(Instant now) {
        return new SettlementState(29, now.minusSeconds(42), 0, 0, null, 1_284_094, 412);
    }

    private static List<ReplicaState> replicas(Instant now) {
        return List.of(
                new ReplicaState("gateway-0", now.minusSeconds(6), figures(now.minusSeconds(2), 17), 0, List.of()),
                new ReplicaState("gateway-1", now.minusSeconds(9), figures(now.minusSeconds(4), 12), 0, List.of()),
                new ReplicaState("gateway-2", now.minus(Duration.ofHours(3)), figures(now.minus(Duration.ofHours(3)), 0), 1, List.of(left(now))));
    }

    private static LeftJournal left(Instant now) {
        return new LeftJournal(
                Ids.JOURNAL, now.minus(Duration.ofHours(3)), null, 4, 2,
                List.of(new HeldAmount(Meter.MONEY, new BigInteger("8200000000000")), new HeldAmount(Meter.TOKENS, BigInteger.valueOf(310_000))),
                List.of(new Money(new BigInteger("6150000000000"), "EUR")), null);
    }

    /** The last one has not been heard of since then, which is not long enough. */
    public static HealthView silentSince(HealthView before, Instant heardAt) {
        List<ReplicaState> replicas = before.replicas().stream().map(each -> new ReplicaState(
                each.name(), each.seenAt(), each.told(), each.unread(),
                each.left().stream().map(left -> new LeftJournal(
                        left.journal(), heardAt, heardAt.plus(Duration.ofMinutes(20)), left.attempts(), left.tenants(), left.held(), left.money(), null)).toList())).toList();
        return new HealthView(
                before.at(), before.invariants(), before.settlement(), replicas, before.setAside(), before.losses(), before.lossesToday(), before.engines(),
                before.comparisons());
    }

    /** What it held is apart from what others hold, and its journal is waited for no longer. */
    static HealthView writtenOff(HealthView before, WriteOffView off) {
        WrittenOff mark = new WrittenOff(off.at(), off.by(), off.reason());
        List<ReplicaState> replicas = before.replicas().stream().map(each -> !each.name().equals(off.replica()) ? each : new ReplicaState(
                each.name(), each.seenAt(), each.told(), 0,
                each.left().stream().map(left -> new LeftJournal(
                        left.journal(), left.heardAt(), null, left.attempts(), left.tenants(), left.held(), left.money(), mark)).toList())).toList();
        List<SetAside> setAside = before.setAside().stream().map(each -> each.meter() != Meter.TOKENS ? each : new SetAside(
                each.meter(), each.amount(), each.shares(), each.held().subtract(BigInteger.valueOf(310_000)), BigInteger.valueOf(310_000))).toList();
        return new HealthView(
                before.at(), before.invariants(), before.settlement(), replicas, setAside, before.losses(), before.lossesToday(), before.engines(), before.comparisons());
    }

    private static ReplicaFigures figures(Instant at, int taken) {
        return new ReplicaFigures(at, 20_000, taken, 0, null, List.of(
                new CopyAge("keys", Duration.ofMillis(310)), new CopyAge("memberships", Duration.ofMillis(620)), new CopyAge("routes", Duration.ofMillis(840))));
    }

    private static List<SetAside> setAside() {
        return List.of(
                new SetAside(Meter.CONCURRENCY, BigInteger.valueOf(29), 29, BigInteger.ZERO, BigInteger.ZERO),
                new SetAside(Meter.MONEY, new BigInteger("3120000000000"), 58, new BigInteger("48000000000000"), BigInteger.ZERO),
                new SetAside(Meter.TOKENS, BigInteger.valueOf(412_300), 58, BigInteger.valueOf(2_400_000), BigInteger.ZERO));
    }

    private static List<Loss> losses(Instant now) {
        YearMonth month = YearMonth.from(now.atZone(ZoneOffset.UTC));
        return List.of(
                new Loss(month, "client-gone", 214, BigInteger.ZERO, BigInteger.valueOf(1_902), List.of(new Money(new BigInteger("1141200000"), "EUR"))),
                new Loss(month, "overestimated", 3, BigInteger.valueOf(-2_210), BigInteger.valueOf(-640), List.of(new Money(new BigInteger("-826000000"), "EUR"))),
                new Loss(month, "upstream-broke-off", 8, BigInteger.valueOf(22_418), BigInteger.valueOf(3_061), List.of(new Money(new BigInteger("6320200000"), "EUR"))),
                new Loss(month.minusMonths(1), "client-gone", 611, BigInteger.ZERO, BigInteger.valueOf(5_480), List.of(new Money(new BigInteger("3288000000"), "EUR"))));
    }

    private static EngineState engine(int number, String model, EngineStanding standing, Instant now, Difference unexplained, List<UnexplainedDay> days) {
        boolean silent = standing == EngineStanding.SILENT;
        return new EngineState(
                number == 1 ? Ids.PLATFORM : Ids.RESEARCH, number == 1 ? "platform" : "research", Ids.endpoint(number), model, standing,
                standing == EngineStanding.WAITING ? null : now.minus(Duration.ofMinutes(number * 3L)), silent ? now.minus(Duration.ofMinutes(12)) : null,
                silent ? "it did not answer: ConnectException" : null, unexplained, NONE, days);
    }
}
