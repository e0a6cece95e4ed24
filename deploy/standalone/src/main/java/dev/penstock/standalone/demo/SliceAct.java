package dev.penstock.standalone.demo;

import dev.penstock.contract.RequestId;
import dev.penstock.contract.platform.Decision;
import dev.penstock.contract.platform.PolicyCheck;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.contract.platform.SliceRequestSpec;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.SliceView;
import java.time.Duration;
import java.util.Objects;

/** A team gets a part of a GPU that policy does not give away by itself. */
final class SliceAct implements Act {

    private static final String PROFILE = "h100-80.whole";
    private static final Duration LEASE = Duration.ofHours(8);
    private static final Duration COMES_UP = Duration.ofSeconds(90);

    private final Cast cast;

    SliceAct(Cast cast) {
        this.cast = cast;
    }

    @Override
    public void play(Stage stage) {
        stage.step("the scientist asks for a whole H100 for 8 hours", this::ask);
        stage.step("an administrator finds it and approves", this::approve);
        stage.step("the slice comes up", this::ready);
    }

    private String ask() {
        Cast.Home home = cast.home.get();
        SliceRequestView request = cast.request.set(cast.scientist.requests().submit(home.tenant(), home.project(), new RequestId(cast.ids.get()),
                new SliceRequestSpec("demo-" + cast.suffix, PROFILE, LEASE.toSeconds(), "Fine-tuning for the demo.")));
        Unexpected.unlessSame("its state", RequestState.SUBMITTED, request.state());
        PolicyCheck reason = request.checks().stream().filter(check -> check.result() == PolicyCheck.Result.NEEDS_APPROVAL).findFirst()
                .orElseThrow(() -> new Unexpected("expected a check that asks for approval, seen " + request.checks()));
        return "waits for approval, since " + reason.sentence();
    }

    private String approve() {
        SliceRequestView asked = cast.request.get();
        Unexpected.unless(cast.admin.requests().list(asked.tenant(), null, RequestState.SUBMITTED).stream().anyMatch(each -> each.id().equals(asked.id())),
                "the request among those that wait", "others");
        SliceRequestView approved = cast.admin.requests().approve(asked.tenant(), asked.id(), new Decision(null));
        Unexpected.unlessSame("its state", RequestState.APPROVED, approved.state());
        return "approved by " + approved.decidedBy();
    }

    private String ready() {
        SliceRequestView asked = cast.request.get();
        SliceRequestView approved = cast.scientist.requests().get(asked.tenant(), asked.id());
        if (approved.slice() == null) {
            throw new Missing("an approval");
        }
        SliceView slice = Patience.until("it is ready", COMES_UP, () -> cast.slice.set(cast.scientist.slices().get(asked.tenant(),
                Objects.requireNonNull(approved.slice())).slice()), seen -> seen.state() == SliceState.READY, SliceAct::told);
        return "ready on " + slice.node() + " until " + slice.leaseEndsAt();
    }

    private static String told(SliceView slice) {
        return Words.of(slice.state()) + (slice.reason() == null ? "" : " (" + slice.reason() + ")");
    }
}
