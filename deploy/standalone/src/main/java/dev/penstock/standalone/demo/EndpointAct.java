package dev.penstock.standalone.demo;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.platform.Decision;
import dev.penstock.contract.platform.EndpointDetail;
import dev.penstock.contract.platform.EndpointSpec;
import dev.penstock.contract.platform.EndpointState;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.platform.ModelFit;
import dev.penstock.contract.platform.ModelView;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.contract.platform.SliceRequestView;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** A model of the team's own is served on a slice of its own. */
final class EndpointAct implements Act {

    private static final String MODEL = "qwen2.5-7b-instruct";
    private static final String DEVICE = "h100-80.";
    private static final long CONTEXT_TOKENS = 8_192;
    private static final Duration LEASE = Duration.ofHours(12);
    private static final Duration LOADS = Duration.ofMinutes(3);

    private final Cast cast;
    private final Prop<ModelFit> fit = new Prop<>("a part of a GPU that the model fits");

    EndpointAct(Cast cast) {
        this.cast = cast;
    }

    @Override
    public void play(Stage stage) {
        stage.step("the scientist looks where " + MODEL + " fits", this::choose);
        stage.step("the scientist asks for an endpoint of their own", this::create);
        stage.step("whoever must agree to its slice does", this::approve);
        stage.step("the endpoint loads its weights", this::ready);
    }

    private String choose() {
        ModelView model = cast.scientist.models().get(MODEL);
        return fit.set(model.fits().stream()
                        .filter(each -> each.fits() && each.free() > 0 && each.longestContext() >= CONTEXT_TOKENS && each.profile().startsWith(DEVICE))
                        .findFirst()
                        .orElseThrow(() -> new Unexpected("expected a free part of an H100 that fits, seen " + model.fits())))
                .sentence();
    }

    private String create() {
        Cast.Home home = cast.home.get();
        EndpointView endpoint = cast.endpoint.set(cast.scientist.endpoints().create(home.tenant(), home.project(), new EndpointId(cast.ids.get()), new EndpointSpec(
                "demo-" + cast.suffix + "-chat", MODEL, fit.get().profile(), CONTEXT_TOKENS, false, LEASE.toSeconds(), "Summaries for the demo.")));
        return Words.of(endpoint.state()) + " on " + endpoint.profile() + ", to be called as " + endpoint.callName();
    }

    private String approve() {
        EndpointView endpoint = cast.endpoint.get();
        SliceRequestView request = cast.admin.requests().get(endpoint.tenant(), Objects.requireNonNull(endpoint.request(), "an endpoint's request"));
        if (request.state() == RequestState.SUBMITTED) {
            request = cast.admin.requests().approve(request.tenant(), request.id(), new Decision(null));
        }
        Unexpected.unlessSame("its request", RequestState.APPROVED, request.state());
        return "approved by " + request.decidedBy();
    }

    private String ready() {
        Set<Integer> progress = new TreeSet<>();
        EndpointView ready = Patience.until("it is ready", LOADS, () -> look(progress), seen -> seen.state() == EndpointState.READY, EndpointAct::told);
        EndpointDetail detail = cast.scientist.endpoints().get(ready.tenant(), ready.id());
        return "ready on " + ready.node() + ", weights seen at " + progress + " %, " + detail.timeline().size() + " entries in its timeline";
    }

    private EndpointView look(Set<Integer> progress) {
        EndpointView endpoint = cast.endpoint.get();
        EndpointView seen = cast.endpoint.set(cast.scientist.endpoints().get(endpoint.tenant(), endpoint.id()).endpoint());
        if (seen.progress() != null) {
            progress.add(seen.progress());
        }
        return seen;
    }

    private static String told(EndpointView endpoint) {
        return Words.of(endpoint.state()) + (endpoint.reason() == null ? "" : " (" + endpoint.reason() + ")");
    }
}
