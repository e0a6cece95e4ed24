package dev.penstock.quota.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.quota.Answer;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.TestTenant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Price books over HTTP. They belong to the whole installation, so other tests may make some meanwhile. */
class PricesTest {

    private static final RunningService SERVICE = RunningService.get();

    private final String finance = SERVICE.issuer().person("fay", "penstock-finance");

    @Test
    void aBookThatWasMadeIsReadByEverybodyAndOnRecord() {
        int version = last() + 1;
        JsonNode made = make(finance, version, "150000").is(200).body();
        assertThat(made.path("madeBy").asString()).isEqualTo("fay");
        assertThat(made.path("prices").get(0).path("price").asString()).isEqualTo("150000");
        String member = SERVICE.issuer().person("someone", TestTenant.register().memberGroup());
        JsonNode listed = SERVICE.send(member, "GET", "/api/prices", null).is(200).body().get(0);
        assertThat(listed).isEqualTo(made);
        assertThat(SERVICE.column("select actor || ' ' || outcome || ' ' || reason from audit.entry where action = 'price-book.make' and subject_id = '%d'".formatted(version)))
                .containsExactly("fay done for a test");
        assertThat(SERVICE.column("select kind || ' ' || subject from quota.change where kind = 'price' and subject = '%d'".formatted(version))).hasSize(1);

        make(finance, version, "150000").is(200);
        assertThat(SERVICE.column("select outcome from audit.entry where action = 'price-book.make' and subject_id = '%d'".formatted(version)))
                .as("the same again changes nothing").hasSize(1);
        make(finance, version, "150001").isProblem(409, "changed_meanwhile");
        assertThat(SERVICE.column("select outcome from audit.entry where action = 'price-book.make' and subject_id = '%d' order by at".formatted(version)))
                .containsExactly("done", "refused");
    }

    @Test
    void theBookBeforeEndsWhereTheNextBegins() {
        int version = last() + 1;
        make(finance, version, "1").is(200);
        make(finance, version + 1, "2").is(200);
        JsonNode books = SERVICE.send(finance, "GET", "/api/prices", null).is(200).body();
        assertThat(books.get(0).path("effectiveTo").isNull()).isTrue();
        assertThat(books.get(1).path("effectiveTo")).isEqualTo(books.get(0).path("effectiveFrom"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "effectiveFrom": "2020-01-01T00:00:00Z", "currency": "EUR", "prices": []                                              | has passed
            "currency": "USD", "prices": []                                                                                       | EUR
            "currency": "EUR", "prices": [{"sku": "a", "meter": "INPUT", "price": 1}, {"sku": "a", "meter": "INPUT", "price": 2}] | two prices
            "currency": "EUR", "prices": [{"sku": "a", "meter": "INPUT", "price": -1}]                                            | price
            "currency": "EUR", "prices": [{"sku": "a", "meter": "INPUT", "price": 0.5}]                                           | JSON
            "currency": "EUR", "prices": [{"sku": "a", "meter": "INPUT", "price": 1e31}]                                          | price
            "currency": "EUR", "prices": [null]                                                                                   | prices
            "currency": "eur", "prices": []                                                                                       | currency
            """)
    void whatCannotBeIsRefused(String body, String said) {
        int version = last() + 1;
        if (version == 1) {
            make(finance, version, "1").is(200);
            version++;
        }
        Answer answer = SERVICE.send(finance, "PUT", "/api/prices/" + version, "{" + body + "}").isProblem(400, "invalid_input");
        assertThat(answer.text()).containsIgnoringCase(said);
        assertThat(last()).isEqualTo(version - 1);
    }

    @Test
    void ofTwoWhoMakeTheSameVersionAtOnceOneHearsOfTheOther() throws Exception {
        int version = last() + 1;
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Integer>> makers = List.of(
                    () -> make(finance, version, "1").status(), () -> make(finance, version, "2").status(),
                    () -> make(finance, version, "3").status(), () -> make(finance, version, "4").status());
            List<Integer> answers = threads.invokeAll(makers).stream().map(done -> done.resultNow()).sorted().toList();
            assertThat(answers).containsExactly(200, 409, 409, 409);
        }
        assertThat(last()).isEqualTo(version);
    }

    @Test
    void nobodyElseMakesPrices() {
        int version = last() + 1;
        TestTenant tenant = TestTenant.register();
        make(SERVICE.issuer().person("al", "penstock-auditors"), version, "1").isProblem(403, "not_allowed");
        make(SERVICE.issuer().person(tenant.owner()), version, "1").isProblem(403, "not_allowed");
        make(SERVICE.service(), version, "1").isProblem(403, "not_allowed");
        assertThat(last()).isEqualTo(version - 1);
    }

    private static Answer make(String token, int version, String price) {
        return SERVICE.send(token, "PUT", "/api/prices/" + version, """
                {"currency": "EUR", "reason": "for a test", "prices": [{"sku": "prices-test", "meter": "INPUT", "price": %s}]}""".formatted(price));
    }

    private static int last() {
        return Integer.parseInt(SERVICE.column("select coalesce(max(version), 0) from quota.price_book").getFirst());
    }
}
