package dev.penstock.platform.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who gets what, as a table. {@link Sketch} says how to read a slice. Those who wait are given in the order of their asking; the queue is what the
 * rule makes of it. {@code now}: who gets a part at once. {@code collects}: for whom free parts are kept until there are enough.
 */
class FairnessTableTest {

    private static final String TABLE = """
            case                                                         | offered | guaranteed | weights | elsewhere | held           | waiting           | now      | collects | gives back | queue
            free parts go to whoever asks                                | 5       |            |         |           |                | a1 a2 b1          | a1 b1 a2 |          |            | a1 b1 a2
            the last three, one each                                     | 3       |            |         |           |                | a1 a2 a3 b1 c1    | a1 b1 c1 |          |            | a1 b1 c1 a2 a3
            within a team the oldest first                               | 1       |            |         |           |                | a2 a1             | a2       |          |            | a2 a1
            who has borrowed less is next                                | 4       |            |         |           | a1 a2 b1       | a3 b2             | b2       |          |            | b2 a3
            equal teams: who waits longer                                | 3       |            |         |           | a1 b1          | b2 a2             | b2       |          |            | b2 a2
            weight 3 gets three times as much                            | 8       |            | a=3     |           |                | b1 b2 b3 b4 b5 b6 a1 a2 a3 a4 a5 a6 | b1 a1 a2 a3 b2 a4 a5 a6 | | | b1 a1 a2 a3 b2 a4 a5 a6 b3 b4 b5 b6
            a guarantee goes before an older request                     | 1       | b=1        |         |           |                | a1 b1             | b1       |          |            | b1 a1
            a guarantee is no more than it says                          | 4       | b=1        |         |           |                | a1 a2 b1 b2 b3    | b1 a1 b2 a2 |       |            | b1 a1 b2 a2 b3
            what is guaranteed does not count as borrowed                | 4       | a=2        |         |           | a1 a2 b1       | a3 b2             | a3       |          |            | a3 b2
            of two guarantees who waits longer                           | 1       | a=1 b=1    |         |           |                | b1 a1             | b1       |          |            | b1 a1
            a guarantee is had back from who borrowed it                 | 2       | b=1        |         |           | a1 a2          | b1                |          | b1       | a2         | b1
            nobody gives back for who is beyond their guarantee          | 2       | b=1        |         |           | a1 b1          | b2                |          |          |            | b2
            nobody gives back what is guaranteed                         | 2       | a=2 b=1    |         |           | a1 a2          | b1                |          |          |            | b1
            no more is taken back than is missing                        | 4       | b=2        |         |           | a1 a2 a3       | b1 b2             | b1       | b2       | a3         | b1 b2
            nobody gives back while one is free                          | 3       | b=1        |         |           | a1 a2          | b1                | b1       |          |            | b1
            nobody gives back when one is going anyway                   | 2       | b=1        |         |           | a1 c1-         | b1                |          | b1       |            | b1
            whose lease ends in time is asked first: it could be extended | 3      | b=1        |         |           | a1~ a2 a3      | b1                |          | b1       | a1         | b1
            the end of a guaranteed lease is no promise                  | 2       | a=1 b=1    |         |           | a1~ a2         | b1                |          | b1       | a2         | b1
            a served model's lease does not end by itself                | 1       | b=1        |         |           | a1!~           | b1                |          | b1       | a1         | b1
            most borrowed gives back first                               | 5       | d=2        |         |           | a1 a2 a3 b1 b2 | d1 d2             |          | d1 d2    | a3 a2      | d1 d2
            by weight: three of weight 3 is less than two                | 5       | d=1        | a=3     |           | a1 a2 a3 b1 b2 | d1                |          | d1       | b2         | d1
            alike: the smaller id, so that all replicas agree            | 2       | d=1        |         |           | b1 c1          | d1                |          | d1       | b1         | d1
            workspaces give back before served models                    | 3       | d=1        |         |           | a1! a2! b1     | d1                |          | d1       | b1         | d1
            a served model gives back when nothing else helps            | 3       | d=2        |         |           | a1! a2! b1     | d1 d2             |          | d1 d2    | b1 a2      | d1 d2
            a team's served models are covered first                     | 3       | a=2 d=1    |         |           | a1 a2! a3!     | d1                |          | d1       | a1         | d1
            who has notice keeps it, also when another borrowed more     | 4       | d=1        |         |           | a1* b1 b2 b3   | d1                |          | d1       | a1         | d1
            the need is gone: nobody gives back                          | 4       | d=1        |         |           | a1* b1 b2 b3   |                   |          |          |            |
            who comes up cannot give back yet                            | 2       | d=1        |         |           | a1 b1+         | d1                |          | d1       | a1         | d1
            no notice that would not be enough                           | 4       | a=2 d=4    |         |           | a1 a2 b1       | d1x4              |          |          |            | d1
            what is free is kept for who needs several                   | 4       | d=2        |         |           | a1 a2 a3       | d1x2 b1           |          | d1       | a3         | d1 b1
            but not when it can never be enough                          | 4       | a=3 d=2    |         |           | a1 a2 a3       | d1x2 b1           | b1       |          |            | d1 b1
            one of two that begins within the guarantee is borrowed      | 5       | a=3 d=2    |         |           | a1x2 a2x2      | d1x2              |          | d1       | a2         | d1
            nobody stays on the list who need not                        | 6       | d=2        |         |           | a1x2 a2x2 a3 b1 | d1x2             |          | d1       | a2         | d1
            a small one passes a large one beyond the guarantee          | 4       |            |         |           | a1 a2          | b1x4 c1           | c1       |          |            | b1 c1
            a guarantee of several is first, also when a small one fits  | 2       | d=2        |         |           | a1             | d1x2 b1           |          | d1       | a1         | d1 b1
            nobody stops for whom quota-service refuses                  | 1       | d=1        |         |           | a1             | d1?               |          |          |            | d1
            one that is refused leaves the guarantee to the next         | 1       | d=1        |         |           | a1             | d1? d2            |          | d2       | a1         | d1 d2
            a large one that nobody stops for leaves it to a small one   | 3       | d=2        |         |           | a1 a2 a3       | d1x2? d2          |          | d2       | a3         | d1 d2
            who was refused still gets what is free                      | 2       | d=1        |         |           | a1             | d1? b1            | d1       |          |            | d1 b1
            borrowed on another device counts, the most of both          | 2       |            |         | a=2520    | b1             | a1 b2             | a1       |          |            | a1 b2
            a little borrowed elsewhere is not added to it               | 4       |            |         | a=840     | a1 b1 b2       | a2 b3             | a2       |          |            | a2 b3
            much borrowed elsewhere comes last here                      | 2       |            |         | a=5040    | b1             | a1 b2             | b2       |          |            | b2 a1
            a node was lost: what is missing is missing for the promised | 1       | d=1        |         |           | a1 b1          | d1                |          | d1       | a1 b1      | d1
            a node was lost: nobody stops for anybody else               | 1       |            |         |           | a1 b1          | c1                |          |          |            | c1
            """;

    static Stream<Arguments> cases() {
        return rows(TABLE);
    }

    private static Stream<Arguments> rows(String table) {
        return table.lines().skip(1).map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray()).map(Arguments::of);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void everybodyGetsTheirShare(
            String name, int offered, String guaranteed, String weights, String elsewhere, String held, String waiting, String now, String collects,
            String givesBack, String queue) {
        Sketch sketch = new Sketch();
        check(sketch, FairShare.decide(sketch.picture(offered, guaranteed, weights, elsewhere, held, waiting)), now, collects, givesBack, queue);
    }

    private static void check(Sketch sketch, Decision decision, String now, String collects, String givesBack, String queue) {
        assertThat(places(sketch, decision, Place.Turn.NOW)).as("get a part now").isEqualTo(now);
        assertThat(places(sketch, decision, Place.Turn.COLLECTS)).as("parts are kept for").isEqualTo(collects);
        assertThat(decision.givingBack().stream().map(one -> sketch.name(one.slice())).collect(Collectors.joining(" "))).as("give back").isEqualTo(givesBack);
        assertThat(decision.queue().stream().map(place -> sketch.name(place.slice().slice())).collect(Collectors.joining(" "))).as("queue").isEqualTo(queue);
    }

    private static final String RESERVED = """
            case                                                         | offered | guaranteed | reserved    | held           | waiting     | now      | collects | gives back | queue
            whose reservation has begun is first                         | 2       | b=1        |             | a1             | a2 b1 c1^   | c1       | b1       | a1         | c1 b1 a2
            and is asked back for, also where nothing is guaranteed      | 2       |            |             | a1 a2          | b1 c1^      |          | c1       | a2         | c1 b1
            but nobody gives back what is guaranteed                     | 2       | a=2        |             | a1 a2          | c1^         |          |          |            | c1
            what is reserved is not asked back                           | 2       | b=1        |             | a1^ a2         | b1          |          | b1       | a2         | b1
            not even when nothing else is there                          | 1       | b=1        |             | a1^            | b1          |          |          |            | b1
            what is reserved does not use up the guarantee               | 3       | a=1        |             | a1^ b1         | b2 a2       | a2       |          |            | a2 b2
            a short lease fits before a reservation                      | 1       |            | c1@8-60     |                | a1~         | a1       |          |            | a1
            a long one that could not be asked back in time waits        | 1       |            | c1@8-60     |                | a1          |          |          |            | a1
            at the last moment at which it can, it comes up              | 1       |            | c1@12-60    |                | a1          | a1       |          |            | a1
            a minute later it does not                                   | 1       |            | c1@11-60    |                | a1          |          |          |            | a1
            a model server needs longer                                  | 1       |            | c1@31-60    |                | a1!         |          |          |            | a1
            and has it                                                   | 1       |            | c1@32-60    |                | a1!         | a1       |          |            | a1
            whoever waits behind it and leaves in time passes            | 1       |            | c1@8-60     |                | a1 b1~      | b1       |          |            | a1 b1
            there is room beside the reservation                         | 2       |            | c1@8-60     |                | a1 a2       | a1       |          |            | a1 a2
            two that follow each other need one part                     | 2       |            | c1@3-8 d1@8-60 |             | a1 a2       | a1       |          |            | a1 a2
            two at once need two                                         | 2       |            | c1@3-9 d1@8-60 |             | a1          |          |          |            | a1
            a guarantee is kept beside a reservation                     | 2       | a=1        | c1@8-60     |                | a1          | a1       |          |            | a1
            who holds one then is asked in time                          | 1       |            | c1@12-60    | a1             |             |          |          | a1         |
            not earlier                                                  | 1       |            | c1@13-60    | a1             |             |          |          |            |
            a model server is asked earlier                              | 1       |            | c1@32-60    | a1!            |             |          |          | a1         |
            workspaces leave before model servers, each in its time      | 2       |            | c1@32-60    | a1! b1         |             |          |          |            |
            nobody is asked where there is room                          | 2       |            | c1@12-60    | a1             |             |          |          |            |
            a lease that ends before could be extended: it is asked      | 1       |            | c1@12-60    | a1~            |             |          |          | a1         |
            who is asked for a guarantee is not asked twice              | 3       | d=1        | c1@12-60    | a1 a2 a3       | d1          |          | d1       | a3 a2      | d1
            what is free is nobody's who would have to go at once        | 2       |            | c1@5-60     | b1             | a1          |          |          |            | a1
            who has notice until then is counted as gone                 | 2       |            | c1@5-60     | b1* b2         | a1          |          |          | b1         | a1
            lost parts: reservations take what guarantees leave          | 1       | a=1        | c1@12-60    | a1             |             |          |          |            |
            """;

    static Stream<Arguments> reservations() {
        return rows(RESERVED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reservations")
    void whatIsReservedIsThere(
            String name, int offered, String guaranteed, String reserved, String held, String waiting, String now, String collects, String givesBack, String queue) {
        Sketch sketch = new Sketch();
        check(sketch, FairShare.decide(sketch.picture(offered, guaranteed, "", "", reserved, held, waiting)), now, collects, givesBack, queue);
    }

    @Test
    void ofAHundredThreeGetTheLastThree() {
        String hundred = IntStream.rangeClosed(1, 100).mapToObj(number -> List.of("a", "b", "c").get(number % 3) + number).collect(Collectors.joining(" "));
        Sketch sketch = new Sketch();

        Decision decision = FairShare.decide(sketch.picture(3, "", "", "", "", hundred));

        assertThat(places(sketch, decision, Place.Turn.NOW)).as("one for each team").isEqualTo("b1 c2 a3");
        assertThat(decision.queue()).hasSize(100);
    }

    private static String places(Sketch sketch, Decision decision, Place.Turn turn) {
        return decision.queue().stream().filter(place -> place.turn() == turn).map(place -> sketch.name(place.slice().slice())).collect(Collectors.joining(" "));
    }
}
