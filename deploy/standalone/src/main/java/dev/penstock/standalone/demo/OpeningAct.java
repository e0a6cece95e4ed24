package dev.penstock.standalone.demo;

import dev.penstock.contract.platform.EndpointState;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.platform.Me;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Who is there, and what the platform offers to everybody. */
final class OpeningAct implements Act {

    private static final Duration MODELS_LOAD = Duration.ofMinutes(3);

    private final Cast cast;

    OpeningAct(Cast cast) {
        this.cast = cast;
    }

    @Override
    public void play(Stage stage) {
        stage.step("the scientist signs in", this::signIn);
        stage.step("the platform's shared models run", this::sharedModels);
    }

    private String signIn() {
        Me me = cast.scientist.me().me();
        Cast.Home home = cast.home.set(Cast.Home.of(me));
        return me.name() + " works in " + home.tenantName() + " / " + home.projectName();
    }

    private String sharedModels() {
        List<EndpointView> shared = Patience.until("both serve", MODELS_LOAD, this::shared,
                all -> all.stream().filter(each -> each.state() == EndpointState.READY).map(EndpointView::callName).toList()
                        .containsAll(List.of(Cast.SHARED_CHAT, Cast.SHARED_EMBEDDINGS)),
                OpeningAct::told);
        return told(shared);
    }

    private List<EndpointView> shared() {
        return cast.scientist.endpoints().list(null, null).stream().filter(EndpointView::shared).toList();
    }

    private static String told(List<EndpointView> endpoints) {
        return endpoints.isEmpty() ? "none" : endpoints.stream()
                .map(each -> each.callName() + " " + Words.of(each.state()) + (each.reason() == null ? "" : " (" + each.reason() + ")"))
                .collect(Collectors.joining(", "));
    }
}
