package dev.penstock.ui.shell;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.popover.Popover;
import com.vaadin.flow.component.popover.PopoverPosition;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.penstock.contract.platform.Me;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.Roles;
import dev.penstock.ui.base.Scope;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which project every screen shows; the choice is in the address. */
final class ProjectSwitcher extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    /** Up to this many, a list is faster to read than a field to type in. */
    private static final int FEW = 8;

    private final Markup kind = Markup.of("span", "quiet");
    private final Markup name = Markup.of("span", "name");
    private final NativeButton button = new NativeButton();
    private final TextField filter = new TextField();
    private final Markup list = Markup.of("div", "menu");
    private final Popover menu = new Popover();
    private transient Me me = new Me("", "", Set.of(), List.of(), false);
    private transient Scope scope = Scope.EVERYTHING;
    private transient Address address = Address.of("");

    ProjectSwitcher() {
        super("div");
        addClassName("switch");
        button.addClassName("switcher");
        button.add(kind, name, Icon.DOWN.decorative());
        filter.setPlaceholder("Find a project");
        filter.setAriaLabel("Find a project");
        filter.setValueChangeMode(ValueChangeMode.EAGER);
        filter.addValueChangeListener(change -> list());
        menu.setTarget(button);
        menu.setPosition(PopoverPosition.BOTTOM_START);
        menu.setAriaLabel("Projects");
        menu.add(filter, list);
        menu.addOpenedChangeListener(change -> {
            if (change.isOpened()) {
                filter.clear();
                list();
            }
        });
        add(button, menu);
    }

    void show(Me person, Scope shown, Address here) {
        if (!here.equals(address)) {
            menu.close();
        }
        me = person;
        scope = shown;
        address = here;
        Me.MyProject project = shown.project();
        if (project == null) {
            kind.setText(Roles.seesAllTenants(person) ? "Organisation" : "Projects");
            name.setText(Roles.seesAllTenants(person) ? "All tenants" : "All of mine");
        } else {
            kind.setText("Project");
            name.setText(project.name());
        }
    }

    private void list() {
        list.removeAll();
        filter.setVisible(me.tenants().stream().mapToInt(tenant -> tenant.projects().size()).sum() > FEW);
        String wanted = filter.getValue().toLowerCase(Locale.ROOT);
        if (wanted.isEmpty()) {
            list.add(item(Roles.seesAllTenants(me) ? "All tenants" : "All of mine", choice(null), scope.isEverything()));
        }
        for (Me.MyTenant tenant : me.tenants()) {
            var projects = tenant.projects().stream()
                    .filter(project -> (tenant.name() + " " + project.name()).toLowerCase(Locale.ROOT).contains(wanted))
                    .toList();
            if (!projects.isEmpty()) {
                list.add(Markup.text("h3", "", tenant.name()));
                projects.forEach(project -> list.add(item(
                        project.name(), choice(project.id().toString()), project.id().equals(scope.projectId()))));
            }
        }
    }

    /** The same screen of another project; what is open or chosen there belongs to the former one. */
    private Address choice(@Nullable String project) {
        String screen = address.path().contains("/") ? address.path().substring(0, address.path().indexOf('/')) : address.path();
        return Address.of(screen).with(Address.PROJECT, project);
    }

    private static Link item(String text, Address to, boolean chosen) {
        var link = new Link(text, to);
        if (chosen) {
            link.add(Icon.CHECK.meaning("chosen"));
            link.getElement().setAttribute("aria-current", "true");
        }
        return link;
    }
}
