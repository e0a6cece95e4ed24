package dev.penstock.ui.endpoint;

import dev.penstock.contract.ModelTask;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.quota.GatewayView;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.CallExample;
import dev.penstock.ui.base.CopyLine;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Segments;
import dev.penstock.ui.base.Snippet;
import dev.penstock.ui.offer.Offer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where and how programs call it, ready to copy. */
final class CallPanel {

    private static final String LANGUAGE = "lang";

    private CallPanel() {}

    /** @param gateway what the project may call; null where nobody could say */
    static Panel of(EndpointView endpoint, ModelTask task, @Nullable GatewayView gateway, Address address) {
        var panel = new Panel("Call it").hint(task == ModelTask.RERANK ? "as Cohere and Jina have it" : "OpenAI-compatible");
        if (gateway == null) {
            return panel.body(Markup.text("p", "quiet", "Choose one of your projects above: its keys call this endpoint."));
        }
        CallExample example = address.get(LANGUAGE, CallExample.CURL);
        var languages = new Segments("Language", address, LANGUAGE, Address.word(CallExample.CURL)).asTabs();
        for (CallExample each : CallExample.values()) {
            languages.segment(Address.word(each), each.title());
        }
        return panel.body(
                new CopyLine(gateway.address()),
                new Snippet(languages, example.text(gateway.address(), endpoint.callName(), task), "key in " + CallExample.KEY_VARIABLE),
                Markup.of(
                        "p",
                        "hint",
                        Markup.plain("The key is one of the project's: "),
                        new Link("make a key", address.to(Destination.Paths.KEYS).with(Address.DO, "new")).css("inline"),
                        Markup.plain(". " + pays(endpoint, gateway))));
    }

    private static String pays(EndpointView endpoint, GatewayView gateway) {
        if (!endpoint.shared()) {
            return "Tokens are counted and cost nothing: the slice is paid by the hour.";
        }
        return gateway.models().stream()
                .filter(model -> model.endpoint().equals(endpoint.id()))
                .findFirst()
                .map(model -> "A million tokens cost " + Objects.requireNonNullElse(new Offer(endpoint, model).prices(), "nothing yet, for want of a price, and so it cannot be called") + ".")
                .orElse("It answers nothing at the moment.");
    }
}
