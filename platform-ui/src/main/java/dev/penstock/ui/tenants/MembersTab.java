package dev.penstock.ui.tenants;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.penstock.contract.MemberId;
import dev.penstock.contract.platform.MemberSpec;
import dev.penstock.contract.platform.TenantView;
import dev.penstock.contract.platform.TenantsApi;
import dev.penstock.contract.quota.PrincipalKind;
import dev.penstock.contract.quota.TenantRole;
import dev.penstock.ui.base.Action;
import dev.penstock.ui.base.Confirmation;
import dev.penstock.ui.base.Fields;
import dev.penstock.ui.base.Icon;
import dev.penstock.ui.base.Markup;
import dev.penstock.ui.base.NewIds;
import dev.penstock.ui.base.Toast;
import java.util.List;
import java.util.Objects;

/** Groups and people with a role in a tenant or project. */
final class MembersTab extends HtmlContainer {

    private static final long serialVersionUID = 1L;

    private final transient Node node;
    private final transient TenantsApi tenants;
    private final transient Runnable whenChanged;
    private transient MemberId next;
    private final transient NewIds ids;

    MembersTab(Node node, TenantsApi tenants, NewIds ids, boolean mayChange, Runnable whenChanged) {
        super("div");
        this.node = node;
        this.tenants = tenants;
        this.ids = ids;
        this.whenChanged = whenChanged;
        this.next = new MemberId(ids.next());
        addClassNames("stack", "tight");
        List<TenantView.Member> members = of(node);
        if (members.isEmpty()) {
            add(Markup.text("p", "quiet", "Nobody yet. Add a group of your identity provider, or one person."));
        }
        var list = Markup.of("ul", "people");
        members.forEach(member -> list.add(line(member, mayChange)));
        add(list);
        if (mayChange) {
            add(adding());
        }
    }

    /** Those of the tenant itself hold in each of its projects too. */
    static List<TenantView.Member> of(Node node) {
        return node.tenant().members().stream()
                .filter(member -> node.project() == null || member.project() == null || Objects.equals(member.project(), node.projectId()))
                .toList();
    }

    private Markup line(TenantView.Member member, boolean mayChange) {
        String where = member.project() == null ? "in the whole tenant" : "in " + projectName(member);
        var line = Markup.of(
                "li",
                "",
                Markup.of(
                        "div",
                        "",
                        Markup.text("span", "strong", member.principal()),
                        Markup.text("span", "hint block", word(member.kind()) + " · " + word(member.role()) + " " + where)));
        boolean inherited = node.project() != null && member.project() == null;
        if (mayChange && !inherited) {
            line.add(Action.icon(Icon.CLOSE, "Remove " + member.principal(), () -> removal(member, where).open()).css("small"));
        }
        return line;
    }

    private Confirmation removal(TenantView.Member member, String where) {
        var dialog = new Confirmation(
                "Remove " + member.principal() + "?",
                Markup.text("p", "", word(member.kind()) + " " + member.principal() + " is no longer " + word(member.role()) + " " + where
                        + ". It takes effect at once; slices they hold go on until their lease ends."));
        var remove = Action.danger("Remove " + member.principal(), () -> dialog.attempt(() -> {
            tenants.removeMember(node.tenant().id(), member.id());
            Toast.done(member.principal() + " is removed.");
            whenChanged.run();
        }));
        return dialog.buttons("Keep", remove.css("primary"));
    }

    private Component adding() {
        Select<PrincipalKind> kind = Fields.select("Add", List.of(PrincipalKind.values()), MembersTab::word);
        Select<TenantRole> role = Fields.select("as", List.of(TenantRole.values()), MembersTab::word);
        TextField principal = Fields.text("Name of the group, or the person's subject", "", 200);
        kind.setValue(PrincipalKind.GROUP);
        role.setValue(TenantRole.MEMBER);
        var add = Action.of(Icon.PLUS, "Add", () -> {
            if (Fields.check(principal, principal.getValue().isBlank() ? "Who?" : "")) {
                tenants.putMember(
                        node.tenant().id(),
                        next,
                        new MemberSpec(kind.getValue(), principal.getValue().trim(), role.getValue(), node.projectId()));
                next = new MemberId(ids.next());
                Toast.done(principal.getValue().trim() + " is a " + word(role.getValue()) + " now.");
                whenChanged.run();
            }
        });
        return Markup.of(
                "div",
                "stack tight adding",
                Markup.of("div", "cols", kind, role).style("gap", "12px"),
                principal,
                Markup.of("div", "row", add));
    }

    private String projectName(TenantView.Member member) {
        return node.tenant().projects().stream()
                .filter(project -> project.id().equals(member.project()))
                .map(TenantView.Project::name)
                .findFirst()
                .orElse("a project");
    }

    private static String word(PrincipalKind kind) {
        return switch (kind) {
            case GROUP -> "Group";
            case PERSON -> "Person";
        };
    }

    private static String word(TenantRole role) {
        return switch (role) {
            case MEMBER -> "member";
            case OWNER -> "owner";
        };
    }
}
