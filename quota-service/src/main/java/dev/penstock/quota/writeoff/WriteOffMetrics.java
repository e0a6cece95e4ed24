package dev.penstock.quota.writeoff;

import dev.penstock.contract.quota.WriteOffView.TenantLoss;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.stereotype.Component;

/** What an operator watches. No names among the tags: which replica it was stands in the ledger. */
@Component
class WriteOffMetrics {

    private final Counter made;
    private final Counter takenBack;
    private final Counter losses;

    WriteOffMetrics(MeterRegistry registry) {
        this.made = Counter.builder("penstock.writeoff.made").description("Replicas declared gone for good here").register(registry);
        this.takenBack = Counter.builder("penstock.writeoff.taken.back").description("Of those declared anywhere, the ones whose journals were settled here after all").register(registry);
        this.losses = Counter.builder("penstock.writeoff.tenants").description("Tenants of whom something was booked as platform loss by these").register(registry);
    }

    void made(List<TenantLoss> booked) {
        made.increment();
        losses.increment(booked.size());
    }

    void takenBack(int writeOffs) {
        takenBack.increment(writeOffs);
    }
}
