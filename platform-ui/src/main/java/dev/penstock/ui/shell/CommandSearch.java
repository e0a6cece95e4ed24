package dev.penstock.ui.shell;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.penstock.contract.platform.EndpointView;
import dev.penstock.contract.platform.EndpointsApi;
import dev.penstock.contract.platform.Me;
import dev.penstock.contract.platform.SliceView;
import dev.penstock.contract.platform.SlicesApi;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Badge;
import dev.penstock.ui.base.Destination;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Roles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Jumps to a screen, a slice, or something to do, by a few letters. Opens with {@code /}. */
final class CommandSearch extends Dialog {

    private static final long serialVersionUID = 1L;
    private static final int MOST_OF_A_KIND = 6;

    /** What one can ask for, by name. */
    private static final SortedMap<String, Address> NEW = new TreeMap<>(Map.of(
            "New endpoint", Address.of(Destination.Paths.NEW_ENDPOINT),
            "New key", Address.of(Destination.Paths.KEYS).with(Address.DO, "new"),
            "New slice", Address.of(Destination.Paths.NEW_SLICE)));

    private final transient SlicesApi slices;
    private final transient EndpointsApi endpoints;
    private final TextField query = new TextField();
    private final Markup results = Markup.of("div", "results");
    private final List<Link> links = new ArrayList<>();
    private transient Me me = new Me("", "", Set.of(), List.of(), false);
    private transient Address address = Address.of("");
    private transient List<SliceView> known = List.of();
    private transient List<EndpointView> served = List.of();
    private int chosen;

    CommandSearch(SlicesApi slices, EndpointsApi endpoints) {
        this.slices = slices;
        this.endpoints = endpoints;
        addClassName("command-search");
        setWidth("560px");
        setTop("12vh");
        setMaxWidth("calc(100vw - 24px)");
        getElement().setAttribute("aria-label", "Search");
        query.setPlaceholder("Search or jump to");
        query.setAriaLabel("Search or jump to");
        query.setPrefixComponent(Icon.SEARCH.decorative());
        query.setWidthFull();
        query.setAutofocus(true);
        query.setValueChangeMode(ValueChangeMode.EAGER);
        query.addValueChangeListener(change -> list());
        query.addKeyDownListener(Key.ARROW_DOWN, key -> choose(chosen + 1));
        query.addKeyDownListener(Key.ARROW_UP, key -> choose(chosen - 1));
        query.addKeyDownListener(Key.ENTER, key -> follow());
        results.setId("search-results");
        add(Markup.of("div", "command", query, results, keys()));
    }

    void show(Me person, Address here) {
        boolean moved = !here.equals(address);
        me = person;
        address = here;
        if (moved && isOpened()) {
            close();
        }
    }

    @Override
    public void open() {
        known = Destination.SLICES.isFor(me) ? slices.list(null, null) : List.of();
        served = Destination.ENDPOINTS.isFor(me) ? endpoints.list(null, null) : List.of();
        query.clear();
        list();
        super.open();
        query.focus();
    }

    private void list() {
        String wanted = query.getValue().trim().toLowerCase(Locale.ROOT);
        results.removeAll();
        links.clear();
        section("Endpoints", served.stream()
                .filter(endpoint -> !wanted.isEmpty() && endpoint.callName().contains(wanted))
                .limit(MOST_OF_A_KIND)
                .map(this::endpoint)
                .toList());
        section("Slices", known.stream()
                .filter(slice -> !wanted.isEmpty() && slice.name().contains(wanted))
                .limit(MOST_OF_A_KIND)
                .map(this::slice)
                .toList());
        if (Roles.works(me)) {
            section("Do", NEW.entrySet().stream()
                    .filter(each -> each.getKey().toLowerCase(Locale.ROOT).contains(wanted))
                    .map(each -> item(Icon.PLUS, each.getKey(), "", address.to(each.getValue().path()).with(Address.DO, each.getValue().get(Address.DO))))
                    .toList());
        }
        section("Go to", List.of(Destination.values()).stream()
                .filter(destination -> destination.isFor(me) && destination.title().toLowerCase(Locale.ROOT).contains(wanted))
                .map(destination -> item(
                        destination.icon(), destination.title(), "g " + destination.key(), address.to(destination.path())))
                .toList());
        if (links.isEmpty()) {
            results.add(Markup.text("p", "nothing", "Nothing here is called “" + query.getValue() + "”."));
        }
        choose(0);
    }

    private void section(String title, List<Link> items) {
        if (!items.isEmpty()) {
            results.add(Markup.text("h3", "", title));
            var list = Markup.of("ul", "");
            items.forEach(item -> {
                links.add(item);
                list.add(Markup.of("li", "", item));
            });
            results.add(list);
        }
    }

    private Link slice(SliceView slice) {
        return item(
                Icon.SLICE,
                slice.name(),
                Badge.word(slice) + " · " + slice.projectName(),
                address.to(Destination.Paths.SLICES + "/" + slice.tenant() + "/" + slice.id()));
    }

    private Link endpoint(EndpointView endpoint) {
        return item(
                Icon.ENDPOINT,
                endpoint.name(),
                Badge.word(endpoint.state()) + " · " + endpoint.projectName(),
                address.to(Destination.Paths.ENDPOINTS + "/" + endpoint.tenant() + "/" + endpoint.id()));
    }

    private static Link item(Icon icon, String title, String beside, Address to) {
        return new Link(to, icon.decorative(), Markup.text("span", "", title), Markup.text("span", "beside", beside));
    }

    private void choose(int index) {
        for (int i = 0; i < links.size(); i++) {
            links.get(i).setClassName("chosen", i == Math.floorMod(index, links.size()));
        }
        chosen = links.isEmpty() ? 0 : Math.floorMod(index, links.size());
    }

    private void follow() {
        if (!links.isEmpty()) {
            links.get(chosen).follow();
            close();
        }
    }

    private static Markup keys() {
        return Markup.of(
                "footer",
                "",
                Markup.of("span", "", Markup.text("kbd", "", "↑"), Markup.text("kbd", "", "↓")).words(" choose"),
                Markup.of("span", "", Markup.text("kbd", "", "Enter")).words(" open"),
                Markup.of("span", "", Markup.text("kbd", "", "Esc")).words(" close"));
    }
}
