package dev.penstock.standalone.demo;

import dev.penstock.contract.platform.EndpointState;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.SliceView;
import java.time.Duration;

/** Everything is given back. */
final class ClosingAct implements Act {

    private static final Duration ENDS = Duration.ofSeconds(60);

    private final Cast cast;

    ClosingAct(Cast cast) {
        this.cast = cast;
    }

    @Override
    public void play(Stage stage) {
        stage.step("the scientist deletes the endpoint", this::deleteEndpoint);
        stage.step("the scientist releases the slice", this::releaseSlice);
    }

    private String deleteEndpoint() {
        EndpointView endpoint = cast.endpoint.get();
        cast.scientist.endpoints().delete(endpoint.tenant(), endpoint.id());
        Patience.until("it is deleted", ENDS, () -> cast.scientist.endpoints().get(endpoint.tenant(), endpoint.id()).endpoint(),
                seen -> seen.state() == EndpointState.DELETED, EndpointView::state);
        return "deleted, its slice is free again";
    }

    private String releaseSlice() {
        SliceView slice = cast.slice.get();
        cast.scientist.slices().release(slice.tenant(), slice.id());
        SliceView released = Patience.until("it is released", ENDS, () -> cast.scientist.slices().get(slice.tenant(), slice.id()).slice(),
                seen -> seen.state() == SliceState.RELEASED, SliceView::state);
        return "released after " + released.gpuTime().partSeconds() + " part-seconds of GPU time";
    }
}
