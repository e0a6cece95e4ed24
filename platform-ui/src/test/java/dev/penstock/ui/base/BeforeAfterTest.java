package dev.penstock.ui.base;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.Component;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeforeAfterTest {

    private static List<String> lines(BeforeAfter change) {
        return change.getChildren().map(BeforeAfterTest::line).toList();
    }

    private static String line(Component line) {
        String css = line.getElement().getClassList().isEmpty() ? " " : line.getElement().getClassList().contains("was") ? "-" : "+";
        return css + line.getElement().getText();
    }

    @Test
    void whatStayedIsShownOnceWhatChangedTwice() {
        var change = new BeforeAfter("{\"amount\":600,\"hard\":true}", "{\"amount\":480,\"hard\":true}");

        assertThat(lines(change)).containsExactly("-amount: 600", "+amount: 480", " hard: true");
    }

    @Test
    void nestedFieldsHaveTheirPath() {
        var change = new BeforeAfter("{\"policy\":{\"lease\":1}}", "{\"policy\":{\"lease\":2},\"tags\":[\"a\"]}");

        assertThat(lines(change)).containsExactly("-policy.lease: 1", "+policy.lease: 2", "+tags[0]: a");
    }

    @Test
    void whatBeganAndWhatEndedHaveOneSide() {
        assertThat(lines(new BeforeAfter(null, "{\"state\":\"QUEUED\"}"))).containsExactly("+state: QUEUED");
        assertThat(lines(new BeforeAfter("{\"state\":\"READY\"}", null))).containsExactly("-state: READY");
    }

    @Test
    void whatIsNoJsonIsShownAsItStands() {
        assertThat(lines(new BeforeAfter("before", "after"))).containsExactly("-value: before", "+value: after");
    }

    @Test
    void markupInTheTrailStaysText() {
        var change = new BeforeAfter(null, "{\"name\":\"<img src=x onerror=alert(1)>\"}");

        assertThat(change.getChildren().findFirst().orElseThrow().getElement().getChild(0).isTextNode()).isTrue();
    }
}
