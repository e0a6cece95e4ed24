package dev.penstock.ui.audit;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.platform.Me;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Search;
import dev.penstock.ui.base.Segments;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Chooses which entries are shown. */
final class FilterBar extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    private final Markup count = Markup.of("span", "actions hint num");

    /** @param go told the new address */
    FilterBar(Address address, Me me, Consumer<Address> go) {
        super("div");
        addClassName("filters");
        Address fresh = address.without(Filter.BEFORE, AuditView.ENTRY);
        Filter filter = Filter.of(address);
        add(text(fresh, filter, go), time(fresh, filter, go), tenant(fresh, filter, me, go));
        add(new Segments("Outcome", fresh, Filter.OUTCOME, "any")
                .segment("any", "All")
                .segment("done", "Done")
                .segment("refused", "Refused"));
        chip("Actor", Filter.ACTOR, fresh);
        chip("Action", Filter.ACTION, fresh);
        add(count);
    }

    void count(String words) {
        count.setText(words);
    }

    private static TextField text(Address address, Filter filter, Consumer<Address> go) {
        TextField field = Fields.search("Subject, actor, reference", words -> go.accept(address.with(Search.PARAMETER, words)));
        String present = filter.text();
        field.setValue(present == null ? "" : present);
        return field;
    }

    private static Select<Filter.Time> time(Address address, Filter filter, Consumer<Address> go) {
        Select<Filter.Time> select = Fields.select("", List.of(Filter.Time.values()), Filter.Time::title);
        select.setAriaLabel("Time");
        select.addClassName("narrowfield");
        select.setValue(filter.time());
        select.addValueChangeListener(change ->
                go.accept(address.with(Filter.TIME, change.getValue() == Filter.Time.EVER ? null : Address.word(change.getValue()))));
        return select;
    }

    private static Select<String> tenant(Address address, Filter filter, Me me, Consumer<Address> go) {
        var names = new ArrayList<String>();
        names.add("");
        me.tenants().forEach(tenant -> names.add(tenant.id().toString()));
        Select<String> select = Fields.select("", names, id -> me.tenants().stream()
                .filter(tenant -> tenant.id().toString().equals(id))
                .map(Me.MyTenant::name)
                .findFirst()
                .orElse("All tenants"));
        select.setAriaLabel("Tenant");
        select.addClassName("narrowfield");
        String present = filter.tenant();
        select.setValue(present != null && names.contains(present) ? present : "");
        select.addValueChangeListener(change -> go.accept(address.with(Filter.TENANT, change.getValue())));
        return select;
    }

    /** What was chosen in a row; a click takes it away. */
    private void chip(String label, String parameter, Address address) {
        String value = address.get(parameter);
        if (value != null) {
            add(Link.chosen(label, value, address.without(parameter)));
        }
    }
}
