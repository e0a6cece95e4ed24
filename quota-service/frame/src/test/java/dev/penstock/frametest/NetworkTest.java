package dev.penstock.frametest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.frame.network.Network;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "10.2.0.0/16, 10.2.255.255, true",
        "10.2.0.0/16, 10.3.0.0, false",
        "10.2.0.0/15, 10.3.0.0, true",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 203.0.113.9, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.6, false",
        "192.0.2.7, ::ffff:192.0.2.7, true",
        "::ffff:192.0.2.0/120, 192.0.2.9, true",
        "::ffff:c000:0200/120, 192.0.3.9, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "2001:DB8::7, 2001:db8:0:0::7, true"})
    void contains(String network, String address, boolean holds) {
        assertThat(Network.of(network).contains(Network.address(address).orElseThrow())).isEqualTo(holds);
        assertThat(Network.of(Network.of(network).toString())).isEqualTo(Network.of(network));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "localhost", "example.org", "10.2", "167772161", "0x7f.0.0.1", "010.0.0.1", "10.0.0.256", "10.0.0.1 ", "fe80::1%eth0", "[::1]", "::1:::", "1.2.3.4:80", "::ffff:1.2.3"})
    void whatIsNoAddressIsNone(String text) {
        assertThat(Network.address(text)).isEmpty();
        assertThatThrownBy(() -> Network.of(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("is no address and no network");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/, does not say after its slash",
        "10.0.0.0/+8, does not say after its slash",
        "10.0.0.0/8/8, does not say after its slash",
        "10.0.0.0/33, has 0 to 32 bits",
        "::ffff:0.0.0.0/95, has 0 to 32 bits",
        "2001:db8::/129, has 0 to 128 bits",
        "10.1.2.3/8, write 10.0.0.0/8"})
    void whatIsNoNetworkSaysWhy(String text, String words) {
        assertThatThrownBy(() -> Network.of(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(words);
    }
}
