package dev.penstock.ui.endpoint;

import dev.penstock.contract.platform.EndpointDetail;
import dev.penstock.contract.platform.EndpointLog;
import dev.penstock.contract.platform.EndpointState;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.quota.PriceBookView;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Amounts;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Cells;
import dev.penstock.ui.base.Facts;
import dev.penstock.ui.base.KeyFigures;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Moment;
import dev.penstock.ui.base.NodeName;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.PersonTime;
import dev.penstock.ui.base.PriceList;
import dev.penstock.ui.base.ProblemPanel;
import dev.penstock.ui.base.Quantities;
import dev.penstock.ui.base.Table;
import dev.penstock.ui.base.Tone;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The panels of an endpoint's page that only show. */
final class EndpointParts {

    private EndpointParts() {}

    /** Why it does not answer, where it does not; null where all is well. */
    static @Nullable ProblemPanel why(EndpointView endpoint, Address request) {
        String reason = Objects.requireNonNullElse(endpoint.reason(), "no reason was told");
        return switch (endpoint.state()) {
            case REQUESTED -> {
                var asked = new ProblemPanel(Tone.BUSY, "Somebody has to agree to its slice", endpoint.reason(), "You see the answer here without reloading.", null);
                if (endpoint.request() != null) {
                    asked.add(Markup.of("div", "row", Link.button("See the request", request)));
                }
                yield asked;
            }
            case QUEUED -> new ProblemPanel(Tone.BUSY, "Waits: " + reason, "Nothing is counted while it waits.", "Nothing to do: it goes on by itself.", null);
            case UNHEALTHY -> new ProblemPanel(Tone.WARN, "It does not answer now", reason, "Calls are refused meanwhile. It comes back or is brought up anew by itself.", null);
            case FAILED -> new ProblemPanel(Tone.BAD, "It failed", reason, "Its slice is given back. Remove the cause, then start it again.", null);
            case STARTING, READY, STOPPING, STOPPED, DELETING, DELETED -> null;
        };
    }

    static KeyFigures figures(EndpointView endpoint, PriceList prices, Instant now) {
        Instant started = endpoint.startedAt();
        Instant ready = endpoint.readyAt();
        Instant asked = endpoint.state() == EndpointState.STARTING ? started : null;
        Instant since = asked == null ? endpoint.since() : asked;
        var figures = new KeyFigures().figure(Badge.word(endpoint.state()) + " for", Moment.since(since, now), (asked == null ? "since " : "asked for ") + PersonTime.dayAndTime(since));
        if (started != null && ready != null && !ready.isBefore(started)) {
            figures.figure("Start took", Quantities.duration(Duration.between(started, ready)), "", "from asking until it was ready");
        }
        BigInteger hour = prices.sliceHour(endpoint.profile());
        PriceBookView book = prices.book();
        figures.figure("Per hour", hour == null || book == null ? "–" : Amounts.of(hour, book.currency()), "", hour == null ? "no price is stated" : "while it is ready");
        return figures.figure("Context", Quantities.count(endpoint.contextTokens()), "tokens", "input and output together");
    }

    static Panel facts(EndpointDetail detail, Address slice, Address model) {
        EndpointView endpoint = detail.endpoint();
        var facts = new Facts()
                .fact("Model", new Link(endpoint.modelName(), model))
                .fact("Engine", endpoint.engine())
                .code("Profile", endpoint.profile())
                .fact("Runs on", endpoint.node() == null ? "not placed" : NodeName.inWords(endpoint.node()));
        if (endpoint.slice() != null && endpoint.mayChange()) {
            facts.fact("Slice", new Link("Open the slice", slice));
        }
        return new Panel("Where it runs")
                .body(facts.code("Namespace", detail.namespace())
                        .fact("Who may call", endpoint.shared() ? "every project" : endpoint.projectName() + " alone")
                        .fact("Made", endpoint.createdBy() + ", " + PersonTime.dayAndTime(endpoint.createdAt()))
                        .code("Endpoint", endpoint.id().toString()));
    }

    static Panel log(EndpointLog log) {
        var panel = new Panel("Engine log").hint("the last lines");
        if (log.lines().isEmpty()) {
            return panel.body(Markup.text("p", "quiet", "Nothing runs, so nothing is written."));
        }
        return panel.body(Markup.text("pre", "note log", String.join("\n", log.lines()))
                .attribute("tabindex", "0")
                .attribute("role", "region")
                .attribute("aria-label", "The engine's last lines"));
    }

    static Panel events(EndpointDetail detail, Instant now) {
        var panel = new Panel("Cluster events").hint(detail.events().isEmpty() ? null : Quantities.count(detail.events().size()));
        if (detail.events().isEmpty()) {
            return panel.body(Markup.text("p", "quiet", "Nothing at the moment."));
        }
        var table = new Table<EndpointDetail.ClusterEvent>("Events of the cluster", "")
                .column("What", event -> event.warning() ? Badge.bare(Tone.WARN, event.reason()) : Cells.text(event.reason()))
                .column("Message", event -> Cells.quiet(event.message()))
                .column("Times", "num minor", event -> Cells.text(Quantities.count(event.count())))
                .number("Last", event -> Moment.ago(event.at(), now));
        table.show(detail.events());
        return panel.wide(table);
    }
}
