package dev.penstock.quota.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.frame.network.Network;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {

    private static final Destinations PUBLIC = new Destinations(List.of());

    private static InetAddress address(String literal) {
        return Network.address(literal).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254", "169.254.169.254", "169.254.0.1", "168.63.129.16",
        "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.2.3", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:7f00:1", "::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "fc00::1",
        "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "2001::1", "2001:db8::1", "2002:7f00:1::1", "2002:a9fe:a9fe::1", "3fff::1", "4000::1"})
    void whatIsNotPublicIsRefused(String literal) {
        assertThat(PUBLIC.refusal(address(literal), true)).as(literal).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0", "168.63.129.15", "192.167.255.255", "223.255.255.255",
        "2001:200::1", "2001:4860:4860::8888", "2606:4700::1111", "2a00:1450::1"})
    void whatIsPublicIsNotAndOnlyWithTls(String literal) {
        assertThat(PUBLIC.refusal(address(literal), true)).as(literal).isEmpty();
        assertThat(PUBLIC.refusal(address(literal), false).orElseThrow()).contains("without TLS");
    }

    @Test
    void theConfigurationAllowsMore() {
        Destinations own = new Destinations(List.of(Network.of("10.7.0.0/16"), Network.of("fd12::/16")));
        assertThat(own.refusal(address("10.7.1.1"), false)).isEmpty();
        assertThat(own.refusal(address("::ffff:10.7.1.1"), false)).isEmpty();
        assertThat(own.refusal(address("fd12::9"), true)).isEmpty();
        assertThat(own.refusal(address("10.8.1.1"), true).orElseThrow()).contains("10.8.1.1 is not an address of the public Internet");
        assertThat(own.refusal(address("1.1.1.1"), true)).isEmpty();
    }
}
