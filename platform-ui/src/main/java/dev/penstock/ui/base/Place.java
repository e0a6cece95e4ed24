package dev.penstock.ui.base;

import com.vaadin.flow.component.Component;
import dev.penstock.contract.platform.Me;
import java.util.List;

/** A project one may ask for something. */
public record Place(Me.MyTenant tenant, Me.MyProject project) {

    /** Those the person works in, as far as they are in scope. */
    public static List<Place> of(Me me, Scope scope) {
        return of(me, scope, false);
    }

    /** @param everywhere also those where the person has no role of their own, as an administrator may act */
    public static List<Place> of(Me me, Scope scope, boolean everywhere) {
        return me.tenants().stream()
                .flatMap(tenant -> tenant.projects().stream()
                        .filter(project -> everywhere || project.role() != null)
                        .map(project -> new Place(tenant, project)))
                .filter(each -> scope.isEverything() || each.project().id().equals(scope.projectId()))
                .toList();
    }

    /** Where several are in scope and a screen is of one. */
    public static EmptyState choice(Icon icon, String question, String why, List<Place> places, Address address) {
        return new EmptyState(icon, question, why, places.stream()
                .map(place -> Link.button(place.project().name(), address.with(Address.PROJECT, place.project().id().toString())))
                .toArray(Component[]::new));
    }
}
