package dev.penstock.ui.home;

import com.vaadin.flow.component.HtmlContainer;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Tone;
import dev.penstock.ui.inbox.Need;

/** One thing that needs a person, with where to do it. */
final class NeedLine extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    NeedLine(Need need, Address here) {
        super("li");
        if (need.tone() != Tone.BUSY) {
            addClassName(need.tone() == Tone.BAD ? "bad" : "warn");
        }
        add(
                need.icon().decorative(),
                Markup.of("div", "", Markup.text("span", "strong", need.sentence()), Markup.text("span", "hint", need.hint())));
        if (!need.action().isEmpty()) {
            add(Markup.of("div", "row", new Link(need.action(), target(need.path(), here)).css("button small").label(need.action() + ": " + need.sentence())));
        }
    }

    private static Address target(String path, Address here) {
        int question = path.indexOf('?');
        if (question < 0) {
            return here.to(path);
        }
        Address address = here.to(path.substring(0, question));
        for (String parameter : path.substring(question + 1).split("&")) {
            int equals = parameter.indexOf('=');
            address = address.with(parameter.substring(0, equals), parameter.substring(equals + 1));
        }
        return address;
    }
}
