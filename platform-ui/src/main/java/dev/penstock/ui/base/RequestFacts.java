package dev.penstock.ui.base;

import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.platform.SliceRequestView;
import java.time.Duration;

/** What somebody asked for, to decide on or to remember. */
public final class RequestFacts extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    public RequestFacts(SliceRequestView request) {
        super("div");
        String model = request.model();
        add(new Facts()
                .fact("Why", Markup.text("span", "", "“" + request.purpose() + "”"))
                .fact("Who", request.requestedBy())
                .fact("For", request.projectName() + " of " + request.tenantName())
                .fact("Becomes", model == null ? "a workspace" : "an endpoint that serves " + model)
                .code("Profile", request.profile())
                .fact("Lease", Quantities.duration(Duration.ofSeconds(request.leaseSeconds())))
                .fact("Uses at most", Cells.gpuHours(request.gpuTime())));
    }

    /** In a line: what it becomes, on what, for whom. */
    public static String inShort(SliceRequestView request) {
        String model = request.model();
        return (model == null ? "" : "endpoint for " + model + " · ") + request.profile() + " · " + request.projectName();
    }
}
