package dev.penstock.ui.base;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.router.Location;
import org.junit.jupiter.api.Test;

class AddressTest {

    @Test
    void whatIsChosenSurvivesTheWayThroughALink() {
        Address address = Address.of("slices").with("q", "a&b=c d/é").with("show", "ended");

        assertThat(Address.of(new Location(address.href()))).isEqualTo(address);
    }

    @Test
    void theSameChoiceHasOneAddressWhateverTheOrder() {
        assertThat(Address.of("slices").with("b", "2").with("a", "1")).isEqualTo(Address.of("slices").with("a", "1").with("b", "2"));
    }

    @Test
    void anotherScreenKeepsTheProjectAndNothingElse() {
        Address address = Address.of("slices").with("project", "p").with("show", "ended");

        assertThat(address.to("approvals").href()).isEqualTo("approvals?project=p");
    }

    @Test
    void anEmptyValueIsNoValue() {
        assertThat(Address.of("slices").with("q", "").href()).isEqualTo("slices");
        assertThat(Address.of(new Location("slices?q=&show=all")).parameters()).containsOnlyKeys("show");
    }

    @Test
    void ofARepeatedParameterTheFirstCounts() {
        assertThat(Address.of(new Location("slices?show=all&show=ended")).get("show")).isEqualTo("all");
    }

    @Test
    void oneOfAFewIsReadByItsWordAndWhateverElseAsTheUsual() {
        assertThat(Address.of("x").with("lang", "java").get("lang", CallExample.CURL)).isEqualTo(CallExample.JAVA);
        assertThat(Address.of("x").with("lang", "cobol").get("lang", CallExample.CURL)).isEqualTo(CallExample.CURL);
        assertThat(Address.of("x").get("lang", CallExample.PYTHON)).isEqualTo(CallExample.PYTHON);
        assertThat(Address.of("x").with("lang", Address.word(CallExample.PYTHON)).get("lang", CallExample.class)).isEqualTo(CallExample.PYTHON);
        assertThat(Address.of("x").with("lang", "").get("lang", CallExample.class)).isNull();
    }

    @Test
    void whatIsNoNumberIsNone() {
        assertThat(Address.of("x").with("hours", "24").number("hours")).isEqualTo(24);
        assertThat(Address.of("x").with("hours", "99999999999").number("hours")).isNull();
        assertThat(Address.of("x").with("hours", "a day").number("hours")).isNull();
        assertThat(Address.of("x").number("hours")).isNull();
    }
}
