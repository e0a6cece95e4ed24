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
}
