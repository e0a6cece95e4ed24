package dev.penstock.platform.fit;

import dev.penstock.contract.platform.ModelFit;
import dev.penstock.contract.platform.ModelView;
import dev.penstock.contract.platform.ModelsApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.catalog.Model;
import dev.penstock.platform.catalog.Models;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.fleet.Availability;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue of models, each with what it fits and what of that is free. */
@RestController
class ModelsController implements ModelsApi {

    /** Profiles come smallest first, and keep that order among those that fit and those that do not. */
    private static final Comparator<ModelFit> FITTING_FIRST = Comparator.comparing(fit -> !fit.fits());

    private final Models models;
    private final Availability availability;

    ModelsController(Models models, Availability availability) {
        this.models = models;
        this.availability = availability;
    }

    @Override
    @Audited(action = "model.list", subject = "model")
    public List<ModelView> list() {
        Map<String, Integer> free = availability.free();
        List<SliceProfile> offered = availability.offered();
        return models.all().stream().map(model -> view(model, offered, free)).toList();
    }

    @Override
    @Audited(action = "model.read", subject = "model", id = "model")
    public ModelView get(String model) {
        return view(models.find(model).orElseThrow(Access::notFound), availability.offered(), availability.free());
    }

    private static ModelView view(Model model, List<SliceProfile> offered, Map<String, Integer> free) {
        List<ModelFit> fits = offered.stream()
                .filter(SliceProfile::isOfOneGpu)
                .map(profile -> fit(model, profile, free.getOrDefault(profile.id(), 0)))
                .sorted(FITTING_FIRST)
                .toList();
        return new ModelView(
                model.id(), model.name(), model.publisher(), model.summary(), model.tasks(), model.parameters(), model.activeParameters(),
                model.contextTokens(), model.cache() == null ? null : model.cache().bytesPerToken(), Fit.weightBytes(model), model.precision(),
                model.licence(), model.commercialUse(), model.confirmed(), model.source(), fits);
    }

    private static ModelFit fit(Model model, SliceProfile profile, int free) {
        Fit fit = Fit.of(model, profile);
        return new ModelFit(
                profile.id(), fit.fits(), fit.usableBytes(), fit.weightBytes(), Fit.OVERHEAD_BYTES, fit.freeForContext(), fit.longestContext(),
                fit.sequencesOf(model.contextTokens()), free, FitInWords.sentence(fit));
    }
}
