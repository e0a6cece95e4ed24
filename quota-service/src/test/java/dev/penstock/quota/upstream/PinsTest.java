package dev.penstock.quota.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.contract.ModelTask;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.LimitField;
import dev.penstock.contract.quota.UpstreamDialect;
import dev.penstock.contract.quota.UpstreamModel;
import dev.penstock.frame.network.Network;
import dev.penstock.quota.AdjustableClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where calls go, whatever the name of a server is answered with. */
class PinsTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");
    private static final UpstreamAddress ADDRESS = UpstreamAddress.of("https://api.example.com/v1");

    private final AdjustableClock clock = new AdjustableClock();
    private List<InetAddress> answer = addresses("1.1.1.1", "1.0.0.1");
    private int asked;
    private List<Upstream> present = List.of(upstream());
    private final Pins pins = new Pins(
            new UpstreamSettings(List.of(), Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofMinutes(5)),
            () -> present, this::lookUp, clock);

    @BeforeEach
    void begin() {
        clock.set(BEGIN);
        pins.turn();
    }

    private static Upstream upstream() {
        UpstreamModel model = new UpstreamModel("m", "m", List.of(ModelTask.CHAT), 10, 10, null, "s", null, LimitField.MAX_TOKENS);
        return new Upstream("example", 1, ADDRESS, UpstreamDialect.OPENAI, DataClass.PUBLIC, 1, List.of(model), "somebody", BEGIN, "key");
    }

    private static List<InetAddress> addresses(String... literals) {
        return Stream.of(literals).map(literal -> Network.address(literal).orElseThrow()).toList();
    }

    private List<InetAddress> lookUp(String host) throws UnknownHostException {
        assertThat(host).isEqualTo("api.example.com");
        asked++;
        if (answer.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return answer;
    }

    private void later(Duration time) {
        clock.set(clock.instant().plus(time));
        pins.turn();
    }

    @Test
    void callsGoWhereTheNameSaidAndTheNameIsAskedNowAndThen() {
        assertThat(pins.addresses(ADDRESS)).isEqualTo(addresses("1.1.1.1", "1.0.0.1"));
        answer = addresses("9.9.9.9");
        later(Duration.ofSeconds(29));
        assertThat(pins.addresses(ADDRESS)).isEqualTo(addresses("1.1.1.1", "1.0.0.1"));
        assertThat(asked).isEqualTo(1);
        later(Duration.ofSeconds(2));
        assertThat(pins.addresses(ADDRESS)).isEqualTo(addresses("9.9.9.9"));
    }

    @Test
    void aNameThatTurnsToThePrivateLosesAllAtOnce() {
        answer = addresses("1.1.1.1", "169.254.169.254");
        later(Duration.ofSeconds(31));
        assertThat(pins.addresses(ADDRESS)).as("one of them is enough").isEmpty();
        assertThat(pins.pin(ADDRESS).orElseThrow().problem()).contains("169.254.169.254 is not an address of the public Internet");
        answer = List.of();
        later(Duration.ofSeconds(1));
        assertThat(pins.addresses(ADDRESS)).as("what was lost does not come back by a failure").isEmpty();
        answer = addresses("1.1.1.1");
        later(Duration.ofSeconds(1));
        assertThat(pins.addresses(ADDRESS)).isEqualTo(addresses("1.1.1.1"));
        assertThat(pins.pin(ADDRESS).orElseThrow().problem()).isNull();
    }

    @Test
    void aNameThatIsNotAnsweredKeepsItsLastForAWhile() {
        answer = List.of();
        later(Duration.ofMinutes(10));
        assertThat(pins.addresses(ADDRESS)).isEqualTo(addresses("1.1.1.1", "1.0.0.1"));
        assertThat(pins.pin(ADDRESS).orElseThrow().problem()).isEqualTo("api.example.com cannot be looked up now");
        later(Duration.ofSeconds(1));
        assertThat(pins.addresses(ADDRESS)).isEmpty();
    }

    @Test
    void whatIsNotNamedAnyMoreIsForgotten() {
        present = List.of();
        later(Duration.ofSeconds(1));
        assertThat(pins.pin(ADDRESS)).isEmpty();
    }

    @Test
    void whoNamesAnAddressHearsWhyItCannotBe() throws Pins.NoDestination {
        UpstreamAddress other = UpstreamAddress.of("https://api.example.com:8443/v1");
        pins.require(other);
        assertThat(pins.addresses(other)).isNotEmpty();
        answer = addresses("10.0.0.1");
        assertThatThrownBy(() -> pins.require(other)).isInstanceOf(Pins.NoDestination.class).hasMessageContaining("10.0.0.1");
    }
}
