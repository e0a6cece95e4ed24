package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.quota.KeyOperation;
import dev.penstock.quota.gateway.wire.Operation;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a call comes from, and that a key can be made for every operation. */
class ScopeTest {

    private final Scope scope = new Scope(new OriginSettings(List.of("10.0.0.0/8", "2001:db8::/32")).networks());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nobody's word is taken who is no proxy       | 192.0.2.7        | 10.2.0.1                           | 192.0.2.7
            a proxy's is                                 | 10.0.0.1         | 192.0.2.7                          | 192.0.2.7
            also from inside of IPv6                     | ::ffff:10.0.0.1  | ::ffff:192.0.2.7                   | 192.0.2.7
            what the caller wrote itself stands left     | 10.0.0.1         | 10.2.0.1, 192.0.2.7                | 192.0.2.7
            proxies behind each other                    | 10.0.0.1         | 192.0.2.7, 10.0.0.3,2001:db8::1    | 192.0.2.7
            lines are one list                           | 10.0.0.1         | 198.51.100.1;192.0.2.7, 10.0.0.3   | 192.0.2.7
            proxies alone: the first of them             | 10.0.0.1         | 10.0.0.2, 10.0.0.3                 | 10.0.0.2
            no word of where                             | 10.0.0.1         |                                    | 10.0.0.1
            not an address on the way                    | 10.0.0.1         | 192.0.2.7, unknown, 10.0.0.3       | none
            not an address further left does not matter  | 10.0.0.1         | unknown, 192.0.2.7                 | 192.0.2.7
            an address with a port                       | 10.0.0.1         | 192.0.2.7:4711                     | none
            a name                                       | 10.0.0.1         | localhost                          | none
            a comma too many                             | 10.0.0.1         | 192.0.2.7,                         | none
            a connection with a zone                     | fe80::1%eth0     | 192.0.2.7                          | none
            """)
    void whereACallComesFrom(String what, String connection, String forwarded, String origin) {
        List<String> lines = forwarded == null ? List.of() : List.of(forwarded.split(";"));
        assertThat(scope.origin(connection, lines).map(InetAddress::getHostAddress).orElse("none")).as(what).isEqualTo(origin);
    }

    @Test
    void aProxyThatIsNoNetworkDoesNotStart() {
        assertThatThrownBy(() -> new OriginSettings(List.of("proxy.example.org"))).hasMessageContaining("penstock.origin.trusted-proxies: 'proxy.example.org' is no address");
    }

    @Test
    void aKeyCanBeMadeForEveryOperation() {
        assertThat(Stream.of(KeyOperation.values()).map(Enum::name))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(Stream.of(Operation.values()).map(Enum::name), Stream.of("MODELS")).toList());
    }
}
