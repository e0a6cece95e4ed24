package dev.penstock.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.frame.testing.TestIssuer;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.RunningPlatform;
import dev.penstock.platform.running.Tenancy;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that do not hold: a clear answer, nothing done, and on record. */
class TokensTest {

    private final RunningPlatform platform = RunningPlatform.shared();

    static Stream<Arguments> badTokens() {
        return Stream.of(
                bad("expired", issuer -> issuer.expired("admin")),
                bad("for another audience", issuer -> issuer.wrongAudience("admin")),
                bad("signed by a stranger", issuer -> issuer.forged("admin", "penstock-admins")),
                bad("of another issuer", issuer -> issuer.spoilt("admin", claims -> claims.issuer("https://elsewhere.example"))),
                bad("no token at all", issuer -> "nonsense"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void aTokenThatDoesNotHoldChangesNothingAndIsOnRecord(String what, Function<TestIssuer, String> token) {
        Tenancy own = platform.tenancy();
        String path = own.path() + "/policy";
        Answer answer = platform.put(path, token.apply(platform.issuer()), Map.of("approvesUpTo", 1, "longestLeaseSeconds", 60));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("not_signed_in");
        assertThat(platform.trail("PUT " + path)).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("access.authenticate");
            assertThat(entry.outcome()).isEqualTo("refused");
        });
        assertThat(platform.get(own.path(), platform.admin()).body().path("policy").path("approvesUpTo").asLong(-1)).isZero();
    }

    @Test
    void aPersonWhoseTokenAlsoHasAServiceScopeIsNotAPersonHere() {
        String both = platform.issuer().spoilt("admin", claims -> claims.claim("groups", List.of("penstock-admins")).claim("scope", List.of("quota.registry")));
        assertThat(platform.get("/api/tenants", both).status()).isEqualTo(403);
    }

    private static Arguments bad(String what, Function<TestIssuer, String> token) {
        return Arguments.of(what, token);
    }
}
