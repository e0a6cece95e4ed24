package dev.penstock.ui.base;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.dom.DomEvent;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.internal.nodefeature.ElementListenerMap;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class TableTest {

    private final List<Address> remembered = new ArrayList<>();

    private record Use(String model, long calls) {}

    private Table<Use> table(Address address) {
        var table = new Table<Use>("Usage", "")
                .sorted(address, remembered::add)
                .column("Model", use -> Markup.plain(use.model())).by(Use::model)
                .number("Calls", use -> Markup.plain(String.valueOf(use.calls()))).by(Use::calls)
                .column("Hint", use -> Markup.plain(""))
                .movable(use -> !use.model().equals("sum"));
        table.show(List.of(new Use("b", 2), new Use("a", 1), new Use("c", 3), new Use("sum", 6), new Use("z", 0), new Use("y", 9)));
        return table;
    }

    private static Stream<Element> all(Element element, String tag) {
        return element.isTextNode()
                ? Stream.empty()
                : Stream.concat(tag.equals(element.getTag()) ? Stream.of(element) : Stream.empty(), element.getChildren().flatMap(child -> all(child, tag)));
    }

    private static String models(Table<Use> table) {
        return String.join(" ", all(table.getElement(), "tr").skip(1).map(row -> row.getChild(0).getTextRecursively()).toList());
    }

    private static Element heading(Table<Use> table, String title) {
        return all(table.getElement(), "th").filter(head -> head.getTextRecursively().equals(title)).findFirst().orElseThrow();
    }

    private static void press(Table<Use> table, String title) {
        Element button = heading(table, title).getChild(0);
        assertThat(button.getTag()).isEqualTo("button");
        button.getNode().getFeature(ElementListenerMap.class).fireEvent(new DomEvent(button, "click", JsonNodeFactory.instance.objectNode()));
    }

    @Test
    void rowsThatAreTheSameStayAndOthersComeAndGoAroundThem() {
        var table = new Table<Use>("Usage", "").column("Model", use -> Markup.plain(use.model())).keepsRows();
        table.show(List.of(new Use("a", 1), new Use("b", 2), new Use("c", 3)));
        List<Element> before = all(table.getElement(), "tr").skip(1).toList();

        table.show(List.of(new Use("new", 0), new Use("a", 1), new Use("c", 4), new Use("b", 2)));

        assertThat(models(table)).isEqualTo("new a c b");
        List<Element> after = all(table.getElement(), "tr").skip(1).toList();
        assertThat(after.get(1)).isEqualTo(before.get(0));
        assertThat(after.get(3)).isEqualTo(before.get(1));
        assertThat(after.get(2)).as("another row, though of the same model").isNotEqualTo(before.get(2));
        assertThat(before.get(2).getParent()).isNull();
    }

    @Test
    void aTitlePressedSortsThenTheOtherWayRoundThenNotAtAll() {
        Table<Use> table = table(Address.of("usage").with("range", "7d"));
        assertThat(models(table)).isEqualTo("b a c sum z y");

        press(table, "Calls");
        assertThat(models(table)).isEqualTo("c b a sum y z");
        assertThat(heading(table, "Calls").getAttribute("aria-sort")).isEqualTo("descending");

        press(table, "Calls");
        assertThat(models(table)).isEqualTo("a b c sum z y");
        assertThat(heading(table, "Calls").getAttribute("aria-sort")).isEqualTo("ascending");

        press(table, "Calls");
        assertThat(models(table)).isEqualTo("b a c sum z y");
        assertThat(heading(table, "Calls").hasAttribute("aria-sort")).isFalse();
        assertThat(remembered).extracting(Address::href).containsExactly("usage?range=7d&sort=-calls", "usage?range=7d&sort=calls", "usage?range=7d");
    }

    @Test
    void theAddressSaysByWhichColumnAndWordsBeginWithA() {
        Table<Use> table = table(Address.of("usage").with("sort", "-model"));
        assertThat(models(table)).isEqualTo("c b a sum z y");

        press(table, "Model");
        press(table, "Model");

        assertThat(models(table)).isEqualTo("a b c sum y z");
        assertThat(heading(table, "Calls").hasAttribute("aria-sort")).isFalse();
    }

    @Test
    void aColumnThatDoesNotSortIsNone() {
        Table<Use> table = table(Address.of("usage").with("sort", "hint"));

        assertThat(models(table)).isEqualTo("b a c sum z y");
        assertThat(all(heading(table, "Hint"), "button")).isEmpty();
    }
}
