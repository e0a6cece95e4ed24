package dev.penstock.bench.unmetered;

import dev.penstock.quota.admission.Admission;
import dev.penstock.quota.admission.Ask;
import dev.penstock.quota.admission.Verdict;
import dev.penstock.quota.rating.TokenPrices;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks nobody and sets nothing aside. */
final class AdmitsAll implements Admission {

    @Override
    public Optional<CompletionStage<Verdict>> fromMemory(Ask ask) {
        return Optional.of(CompletableFuture.completedStage(admit(ask)));
    }

    @Override
    public Verdict admit(Ask ask) {
        return new Verdict.Admitted(List.of(), TokenPrices.FREE, ask.bound(), null);
    }

    @Override
    public boolean holdsConnections() {
        return false;
    }

    @Override
    public boolean mayGoOn(Ask ask) {
        return true;
    }
}
