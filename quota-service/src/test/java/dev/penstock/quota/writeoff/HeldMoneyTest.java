package dev.penstock.quota.writeoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A part is {@code node:amount}, or {@code node/model+model:amount}; the tree is t → p, q; p → k. */
class HeldMoneyTest {

    private static final Map<String, Set<String>> ABOVE = Map.of("t", Set.of(), "p", Set.of("t"), "q", Set.of("t"), "k", Set.of("p", "t"));

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nothing is held of money                          |                        | 0
            one limit                                         | t:100                  | 100
            of a day and of a month of one node               | t:100 t:70             | 70
            the tenant's counts what the project's does       | t:100 p:40             | 100
            and what its key's does, with no project between  | t:100 k:40             | 100
            two projects                                      | p:40 q:30              | 70
            a key under a project that has its own            | p:40 k:10 q:30         | 70
            a key under a project that has none               | k:10 q:30              | 40
            for some models beside one for all                | t:100 t/m:30           | 100
            for some models under one for all                 | t:100 p/m:30           | 100
            for some models under one for some                | t/m:30 p:40            | 70
            for different models                              | t/m:30 t/n:20          | 50
            for the same models over two times                | t/m+n:30 t/m+n:20      | 20
            """)
    void everyCallIsCountedAtLeastOnceAndWhereOneLimitCountsAllThatAnotherDoesOnce(String what, String parts, long atMost) {
        List<HeldMoney.Part> held = parts == null ? List.of() : Arrays.stream(parts.split(" ")).map(HeldMoneyTest::part).toList();
        assertThat(HeldMoney.atMost(held)).isEqualTo(BigInteger.valueOf(atMost));
    }

    private static HeldMoney.Part part(String text) {
        String[] subjectAndAmount = text.split(":");
        String[] nodeAndModels = subjectAndAmount[0].split("/");
        Set<UUID> above = ABOVE.get(nodeAndModels[0]).stream().map(HeldMoneyTest::id).collect(Collectors.toSet());
        return new HeldMoney.Part(
                id(nodeAndModels[0]), above, nodeAndModels.length == 1 ? null : Set.of(nodeAndModels[1].split("\\+")), new BigInteger(subjectAndAmount[1]));
    }

    private static UUID id(String node) {
        return new UUID(0, node.charAt(0));
    }
}
