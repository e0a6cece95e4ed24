package dev.penstock.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.standalone.machine.StartFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @Test
    void withoutAnyEverythingStartsAtTheUsualPlaces() {
        Options options = Options.parse(List.of());
        assertThat(options.data()).isEqualTo(Path.of(".penstock"));
        assertThat(options.tokenLife()).isEqualTo(Duration.ofMinutes(5));
        assertThat(options.parts()).containsExactly(Part.values());
        assertThat(List.of(
                        options.ports().portal(), options.ports().platformBackend(), options.ports().quotaService(), options.ports().gateway(),
                        options.ports().workspaces(), options.ports().ssh(), options.ports().login(), options.ports().postgres(), options.ports().cluster()))
                .containsExactly(8080, 8081, 8082, 8090, 8091, 8092, 8100, 8110, 8120);
    }

    @Test
    void eachMayBeChosen() {
        Options options = Options.parse(List.of(
                "--data", "/d", "--port-base", "9000", "--token-life", "30s", "--without", "platform-backend,platform-ui",
                "--set", "quota-service:a.b=c=d", "--set", "quota-service:e=f"));
        assertThat(options.data()).isEqualTo(Path.of("/d"));
        assertThat(options.ports().portal()).isEqualTo(9000);
        assertThat(options.tokenLife()).isEqualTo(Duration.ofSeconds(30));
        assertThat(options.parts()).containsExactly(Part.POSTGRES, Part.LOGIN, Part.CLUSTER, Part.QUOTA_SERVICE);
        assertThat(options.settings()).containsExactly(Map.entry(Part.QUOTA_SERVICE, Map.of("a.b", "c=d", "e", "f")));
    }

    @Test
    void onlySomePartsMayBeNamed() {
        assertThat(Options.parse(List.of("--only", "login,postgres")).parts()).containsExactly(Part.POSTGRES, Part.LOGIN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --colour red            | There is no option --colour: ./penstock help lists them.
            --data                  | --data needs a value: ./penstock help shows an example.
            --port-base eighty      | --port-base needs a number, not “eighty”.
            --port-base 0           | --port-base must lie between 1 and 65495, not at 0.
            --port-base 65496       | --port-base must lie between 1 and 65495, not at 65496.
            --token-life soon       | --token-life needs a time such as 30s or 5m, not “soon”.
            --only login,gateway    | There is no part “gateway”; the parts are postgres, login, cluster, quota-service, platform-backend, platform-ui.
            --set quota-service     | --set needs part:name=value, not “quota-service”.
            """)
    void whatCannotBeIsRefusedInWords(String line, String sentence) {
        assertThatThrownBy(() -> Options.parse(List.of(line.split(" ")))).isInstanceOf(StartFailure.class).hasMessage(sentence);
    }
}
