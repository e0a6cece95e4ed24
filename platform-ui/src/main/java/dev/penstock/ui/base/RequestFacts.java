package dev.penstock.ui.base;

import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.contract.platform.WorkspaceView;
import java.time.Duration;
import java.time.Instant;

/** What somebody asked for, to decide on or to remember. */
public final class RequestFacts extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    public RequestFacts(SliceRequestView request) {
        super("div");
        Instant startsAt = request.startsAt();
        WorkspaceView workspace = request.workspace();
        Facts facts = new Facts()
                .fact("Why", Markup.text("span", "", "“" + request.purpose() + "”"))
                .fact("Who", request.requestedBy())
                .fact("For", request.projectName() + " of " + request.tenantName())
                .fact("Becomes", becomes(request))
                .code("Image", workspace == null ? null : workspace.reference())
                .code("Profile", request.profile())
                .fact("Lease", Quantities.duration(Duration.ofSeconds(request.leaseSeconds())));
        if (startsAt != null) {
            facts.fact("Reserved from", PersonTime.exact(startsAt));
        }
        add(facts.fact("Uses at most", Cells.gpuHours(request.gpuTime())));
    }

    private static String becomes(SliceRequestView request) {
        WorkspaceView workspace = request.workspace();
        if (request.model() != null) {
            return "an endpoint that serves " + request.model();
        }
        return workspace == null ? "a plain shell" : "a workspace: " + workspace.title() + ", with a volume of " + workspace.volumeGib() + " GiB";
    }

    /** In a line: what it becomes, on what, for whom. */
    public static String inShort(SliceRequestView request) {
        String model = request.model();
        return (model == null ? "" : "endpoint for " + model + " · ") + request.profile() + " · " + request.projectName()
                + (request.startsAt() == null ? "" : " · from " + PersonTime.exact(request.startsAt()));
    }
}
