package dev.penstock.quota.writeoff;

import dev.penstock.contract.Money;
import dev.penstock.contract.quota.HealthView.LeftJournal;
import dev.penstock.contract.quota.HealthView.WrittenOff;
import dev.penstock.contract.quota.WriteOffView.TenantLoss;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What silent replicas left that only their journals tell of, or told of. Reads, in a running transaction that sees all tenants. */
@Component
public class LeftJournals {

    /** A life says every second that it is there. */
    private static final Duration SILENT = Duration.ofMinutes(1);
    private static final int MOST = 100;

    private final LeftTable left;
    private final HeldTable held;
    private final WriteOffTable writeOffs;
    private final WriteOffSettings settings;

    LeftJournals(LeftTable left, HeldTable held, WriteOffTable writeOffs, WriteOffSettings settings) {
        this.left = left;
        this.held = held;
        this.writeOffs = writeOffs;
        this.settings = settings;
    }

    /** By the replica's name. */
    public Map<String, List<LeftJournal>> byReplica() {
        return left.silent(SILENT, MOST).stream().collect(Collectors.groupingBy(Left::replica, Collectors.mapping(this::view, Collectors.toList())));
    }

    private LeftJournal view(Left each) {
        WriteOff off = each.writtenOff();
        return new LeftJournal(
                each.journal(), off == null ? each.heardAt() : off.heardAt(), goneFrom(each), off == null ? each.attempts() : off.attempts(), each.tenants(),
                held.byMeter(each), off == null ? atRisk(each) : booked(off), off == null ? null : new WrittenOff(off.at(), off.by(), off.reason()));
    }

    private @Nullable Instant goneFrom(Left each) {
        Instant heardAt = each.heardAt();
        Instant from = heardAt == null ? null : heardAt.plus(settings.unheard());
        return from == null || !from.isAfter(each.now()) ? null : from;
    }

    private List<Money> atRisk(Left each) {
        BigInteger all = held.money(each).values().stream().reduce(BigInteger.ZERO, BigInteger::add);
        return all.signum() == 0 ? List.of() : held.currency().map(currency -> List.of(new Money(all, currency))).orElse(List.of());
    }

    private List<Money> booked(WriteOff off) {
        Map<String, BigInteger> sums = new TreeMap<>();
        for (TenantLoss loss : writeOffs.losses(off)) {
            sums.merge(loss.amount().currency(), loss.amount().picoUnits(), BigInteger::add);
        }
        return sums.entrySet().stream().map(sum -> new Money(sum.getValue(), sum.getKey())).toList();
    }
}
