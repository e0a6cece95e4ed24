package dev.penstock.ui.tenants;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.platform.TenantView;
import dev.penstock.contract.quota.PrincipalKind;
import dev.penstock.contract.quota.UsageApi;
import dev.penstock.contract.quota.UsagePoint;
import dev.penstock.contract.quota.UsageSeries;
import dev.penstock.ui.backend.BackendProblem;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Address;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Link;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.ProblemPanel;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** People of a project who can be limited: its members by name, and whoever called for it lately. Each opens with their limits. */
final class PeopleTab extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    /** Who did not call for as long can still be named. */
    private static final Duration LATELY = Duration.ofDays(90);

    private final transient Node node;
    private final transient Address address;

    PeopleTab(Node node, UsageApi usage, Instant now, Address address, boolean mayLimit, Consumer<Address> go) {
        super("div");
        this.node = node;
        this.address = address.without(TenantsView.TAB, TenantsView.LIMIT);
        addClassNames("stack", "tight");
        var people = new TreeSet<>(members());
        try {
            people.addAll(callers(usage, now));
        } catch (BackendProblem unreadable) {
            add(new ProblemPanel(unreadable));
        }
        if (people.isEmpty()) {
            add(Markup.text("p", "quiet", "Nobody is a member by name, and nobody has called by their own sign-in lately."));
        }
        var list = Markup.of("ul", "people");
        people.forEach(person -> list.add(Markup.of("li", "", new Link(person, limits(person)))));
        add(list);
        if (mayLimit) {
            add(another(go));
        }
    }

    private SortedSet<String> members() {
        var members = new TreeSet<String>();
        MembersTab.of(node).stream()
                .filter(member -> member.kind() == PrincipalKind.PERSON)
                .map(TenantView.Member::principal)
                .forEach(members::add);
        return members;
    }

    private SortedSet<String> callers(UsageApi usage, Instant now) {
        UsageSeries series = usage.series(
                node.tenant().id(), node.projectId(), null, null, now.minus(LATELY), now, UsageSeries.Bucket.MONTH, UsageSeries.By.PERSON);
        var callers = new TreeSet<String>();
        series.points().stream().map(UsagePoint::group).filter(Objects::nonNull).filter(group -> !group.isBlank()).forEach(callers::add);
        return callers;
    }

    private Markup another(Consumer<Address> go) {
        TextField subject = Fields.text("Somebody else", "the subject of their sign-in", 200);
        var open = Action.of("Limit", () -> {
            if (Fields.check(subject, subject.getValue().isBlank() ? "Who?" : "")) {
                go.accept(limits(subject.getValue().trim()));
            }
        });
        return Markup.of("div", "stack tight adding", subject, Markup.of("div", "row", open));
    }

    private Address limits(String person) {
        return address.with(TenantsView.PERSON, person);
    }
}
