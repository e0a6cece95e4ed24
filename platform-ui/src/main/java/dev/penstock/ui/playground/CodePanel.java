package dev.penstock.ui.playground;

import dev.penstock.ui.backend.ModelCall;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.CallExample;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Panel;
import dev.penstock.ui.base.Segments;
import dev.penstock.ui.base.Snippet;
import java.util.List;

/** The next call as a program would make it. */
final class CodePanel {

    static final String CODE = "code";

    private static final String LANGUAGE = "lang";

    private CodePanel() {}

    /** @param calls of each side, with its conversation */
    static Panel of(List<ModelCall> calls, Address address) {
        ModelCall call = calls.size() == 2 && address.is(CODE, "2") ? calls.getLast() : calls.getFirst();
        CallExample example = address.get(LANGUAGE, CallExample.CURL);
        var languages = new Segments("Language", address, LANGUAGE, Address.word(CallExample.CURL)).asTabs();
        for (CallExample each : CallExample.values()) {
            languages.segment(Address.word(each), each.title());
        }
        var panel = new Panel("As code").hint(CallCode.client(example));
        if (calls.size() == 2) {
            var which = new Segments("Which model", address, CODE, "").segment("1", calls.getFirst().model()).segment("2", calls.getLast().model());
            which.addClassName("small");
            panel.actions(which);
        }
        return panel.body(
                new Snippet(languages, CallCode.of(example, call), "key in " + CallExample.KEY_VARIABLE),
                Markup.of(
                        "p", "hint",
                        Markup.plain("With a key of this project in " + CallExample.KEY_VARIABLE + ": "),
                        new Link("make a key", address.to(Destination.Paths.KEYS).with(Address.DO, "new")).css("inline"),
                        Markup.plain(". Your own sign-in, which the playground calls with, works too, for a script of your own.")));
    }
}
