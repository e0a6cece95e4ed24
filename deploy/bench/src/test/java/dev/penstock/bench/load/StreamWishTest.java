package dev.penstock.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamWishTest {

    private final StreamWish wish = new StreamWish();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"stream\":true}                                            | true",
        "{\"stream\" : true}                                          | true",
        "{\"model\":\"\",\"stream\":true,\"stream_options\":{}}       | true",
        "{\"stream\":false}                                           | false",
        "{\"stream_options\":{\"include_usage\":true}}                | false",
        "{\"model\":\"stream\"}                                       | false",
        "{\"content\":\"stream\",\"n\":true}                          | false",
        "{}                                                           | false"
    })
    void isSeenWhereverTheBodyIsCut(String body, boolean made) {
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        for (int cut = 0; cut <= bytes.length; cut++) {
            wish.begin();
            wish.part(bytes, 0, cut);
            wish.part(bytes, cut, bytes.length);
            assertThat(wish.isMade()).isEqualTo(made);
        }
    }
}
