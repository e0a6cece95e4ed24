package dev.penstock.quota.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.frame.problem.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamAddressTest {

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com/v1, https://api.example.com/v1",
        "https://api.example.com, https://api.example.com/v1",
        "https://API.Example.com/, https://api.example.com/v1",
        "https://api.example.com:443/openai/v1/, https://api.example.com/openai/v1",
        "http://10.2.3.4:8000, http://10.2.3.4:8000/v1",
        "'https://[2001:DB8:0::7]:8443/v1', 'https://[2001:db8:0:0:0:0:0:7]:8443/v1'",
        "'https://[::ffff:10.1.2.3]', https://10.1.2.3/v1"})
    void isWrittenInOneWay(String written, String as) {
        assertThat(UpstreamAddress.of(written)).hasToString(as);
        assertThat(UpstreamAddress.of(as)).isEqualTo(UpstreamAddress.of(written));
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example.com/v1, api.example.com", "https://api.example.com:8443, api.example.com:8443", "http://10.2.3.4:80, 10.2.3.4", "http://10.2.3.4:443, 10.2.3.4:443",
        "'https://[2001:db8::7]', '[2001:db8:0:0:0:0:0:7]'", "'https://[2001:db8::7]:8443/v1', '[2001:db8:0:0:0:0:0:7]:8443'"})
    void aRequestNamesItInOneWay(String written, String authority) {
        assertThat(UpstreamAddress.of(written).authority()).isEqualTo(authority);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "api.example.com", "ftp://api.example.com", "file:///etc/passwd", "https://", "https:///v1", "https://user@api.example.com", "https://user:word@api.example.com",
        "https://api.example.com/v1?key=1", "https://api.example.com/v1#x", "https://api.example.com/../v1", "https://api.example.com/./v1", "https://api.example.com//v1",
        "https://api.example.com/%2e%2e/v1", "https://api.example.com/v1\\..", "https://api.example.com:0", "https://api.example.com:65536",
        "https://0x7f.1", "https://0x7f000001", "https://127.1", "https://2130706433", "https://0177.0.0.1", "https://10.0.0.010", "https://1.2.3.4.", "https://1.2.3",
        "https://api.example.0x1", "https://api..example.com", "https://-api.example.com", "https://api_example.com", "https://api.example.com.", "https://[fe80::1%25eth0]",
        "https://[::1", "https://\u0430pi.example.com", "https://127。0。0。1"})
    void anythingThatReadersReadDifferentlyIsRefused(String written) {
        assertThatThrownBy(() -> UpstreamAddress.of(written)).isInstanceOf(ProblemException.class).hasMessageContaining("address: ");
    }
}
