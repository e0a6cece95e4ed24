package dev.penstock.ui.catalogue;

import dev.penstock.contract.ModelTask;
import dev.penstock.contract.platform.ModelFit;
import dev.penstock.contract.platform.ModelView;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Search;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looks for, as the address says it.
 *
 * @param search in id, name, publisher or summary
 * @param task null: any
 * @param commercial only those whose licence allows commercial use
 * @param free only those that fit a part that nobody holds now
 */
record Wish(Search search, @Nullable ModelTask task, boolean commercial, boolean free) {

    static final String TASK = "task";
    static final String LICENCE = "licence";
    static final String COMMERCIAL = "commercial";
    static final String NOW = "now";
    static final String FREE = "free";

    static Wish of(Address address) {
        return new Wish(Search.of(address), address.get(TASK, ModelTask.class), address.is(LICENCE, COMMERCIAL), address.is(NOW, FREE));
    }

    boolean isMetBy(ModelView model) {
        return (task == null || model.tasks().contains(task))
                && (!commercial || model.commercialUse())
                && (!free || smallestFree(model) != null)
                && search.finds(model.id(), model.name(), model.publisher(), model.summary());
    }

    /** The smallest part that nobody holds and the model fits. */
    static @Nullable ModelFit smallestFree(ModelView model) {
        return model.fits().stream().filter(fit -> fit.fits() && fit.free() > 0).findFirst().orElse(null);
    }

    /** The smallest part it fits, held or not. */
    static @Nullable ModelFit smallest(ModelView model) {
        return model.fits().stream().filter(ModelFit::fits).findFirst().orElse(null);
    }
}
