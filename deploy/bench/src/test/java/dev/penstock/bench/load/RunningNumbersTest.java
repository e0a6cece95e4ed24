package dev.penstock.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunningNumbersTest {

    private final RunningNumbers numbers = new RunningNumbers();

    @ParameterizedTest
    @CsvSource({
        "0 1 2 3 4, 5, 0, 0",
        "0 1 3 4,   4, 1, 0",
        "3 4,       2, 3, 0",
        "0 1 2,     3, 2, 0",
        "0 1 1 2 3 4, 6, 0, 1",
        "0 2 1 3 4, 5, 1, 1",
        "4,         1, 4, 0"
    })
    void lostAndDoubledChunksOfFiveAreCounted(String came, long count, long lost, long doubled) {
        read(IntStream.of(List.of(came.split(" ")).stream().mapToInt(Integer::parseInt).toArray()));
        assertThat(numbers.came()).isEqualTo(count);
        assertThat(numbers.lostAtEnd()).isEqualTo(lost);
        assertThat(numbers.doubled()).isEqualTo(doubled);
    }

    @Test
    void whatIsStillToComeIsNotLostWhileAStreamGoesOn() {
        read(IntStream.of(0, 2));
        assertThat(numbers.lost()).isOne();
        assertThat(numbers.lostAtEnd()).isEqualTo(3);
    }

    @Test
    void aStreamMayBeCutAnywhere() {
        byte[] stream = stream(IntStream.range(0, 12)).getBytes(StandardCharsets.US_ASCII);
        for (int cut = 0; cut <= stream.length; cut++) {
            numbers.begin();
            numbers.part(stream, 0, cut);
            numbers.part(stream, cut, stream.length);
            assertThat(numbers.came()).isEqualTo(12);
            assertThat(numbers.lost() + numbers.doubled()).isZero();
        }
    }

    @Test
    void aMarkThatIsNoneIsPassedOver() {
        byte[] stream = "# #1 #/5 #12x #3/ #2/x #2/5".getBytes(StandardCharsets.US_ASCII);
        numbers.begin();
        numbers.part(stream, 0, stream.length);
        assertThat(numbers.came()).isZero();
    }

    private void read(IntStream chunks) {
        byte[] stream = stream(chunks).getBytes(StandardCharsets.US_ASCII);
        numbers.begin();
        numbers.part(stream, 0, stream.length);
    }

    private static String stream(IntStream chunks) {
        return chunks.mapToObj(i -> "data: {\"content\":\" " + RunningNumbers.mark(i, 5) + " \"}\n\n").collect(Collectors.joining());
    }
}
