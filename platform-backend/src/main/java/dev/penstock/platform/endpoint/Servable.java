package dev.penstock.platform.endpoint;

import dev.penstock.contract.Problem;
import dev.penstock.contract.platform.EndpointSpec;
import dev.penstock.contract.platform.PolicyCheck;
import dev.penstock.contract.platform.PolicyCheck.Result;
import dev.penstock.contract.platform.RequestPreview;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.catalog.Model;
import dev.penstock.platform.catalog.Models;
import dev.penstock.platform.catalog.SliceProfile;
import dev.penstock.platform.catalog.SliceProfiles;
import dev.penstock.platform.fit.Fit;
import dev.penstock.platform.fit.FitInWords;
import dev.penstock.platform.slice.Serving;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Whether what is asked for can be served, and with what. */
@Component
class Servable {

    private final Models models;
    private final SliceProfiles profiles;
    private final Access access;

    Servable(Models models, SliceProfiles profiles, Access access) {
        this.models = models;
        this.profiles = profiles;
        this.access = access;
    }

    /** @throws ProblemException {@code unknown_model}, {@code unknown_profile} or {@code does_not_fit} with the arithmetic */
    void requireFits(EndpointSpec spec) {
        PolicyCheck check = check(spec);
        if (check.result() == Result.REFUSED) {
            throw new ProblemException(Problem.DOES_NOT_FIT, check.sentence()).with("limit", fit(spec).longestContext()).with("asked", spec.contextTokens());
        }
    }

    /** The same as one more thing that was looked at, and the worst of all decides. */
    RequestPreview preview(EndpointSpec spec, RequestPreview policy) {
        PolicyCheck fit = check(spec);
        List<PolicyCheck> checks = new ArrayList<>(List.of(fit));
        checks.addAll(policy.checks());
        Result outcome = fit.result() == Result.REFUSED ? Result.REFUSED : policy.outcome();
        return new RequestPreview(outcome, checks, policy.approvers(), policy.gpuTime(), policy.free());
    }

    /** What its engine will be told. */
    Serving serving(Endpoint endpoint) {
        EndpointSpec spec = endpoint.terms().spec();
        Model model = model(spec);
        String callName = endpoint.callName(access.projectName(endpoint.key().tenant(), endpoint.terms().project()));
        return new Serving(endpoint.key().endpoint(), model.id(), model.engine(), model.weights(), callName, spec.contextTokens(), model.engineArgs());
    }

    private PolicyCheck check(EndpointSpec spec) {
        Fit fit = fit(spec);
        String arithmetic = FitInWords.sentence(fit);
        if (spec.contextTokens() <= fit.longestContext()) {
            return new PolicyCheck("fit", Result.PASSES, arithmetic);
        }
        return new PolicyCheck("fit", Result.REFUSED, fit.fits()
                ? "At most " + fit.longestContext() + " tokens of context, not " + spec.contextTokens() + ". " + arithmetic
                : "It does not fit. " + arithmetic);
    }

    private Fit fit(EndpointSpec spec) {
        SliceProfile profile = profiles.find(spec.profile()).orElseThrow(() ->
                new ProblemException(Problem.UNKNOWN_PROFILE, "There is no slice profile " + spec.profile() + ".").with("profile", spec.profile()));
        if (!profile.isOfOneGpu()) {
            throw new ProblemException(Problem.INVALID_INPUT, "A model is served on one partition or on one whole GPU; " + profile.id() + " is " + profile.name() + ".")
                    .with("profile", spec.profile());
        }
        return Fit.of(model(spec), profile);
    }

    private Model model(EndpointSpec spec) {
        return models.find(spec.model()).orElseThrow(() ->
                new ProblemException(Problem.UNKNOWN_MODEL, "There is no model " + spec.model() + ".").with("model", spec.model()));
    }
}
