package dev.penstock.frame.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** An OpenID Connect issuer reduced to what a resource server asks: discovery, keys, and tokens that are really signed. */
public final class TestIssuer implements AutoCloseable {

    private final HttpServer server;
    private final ECKey key;
    private final ECKey strangersKey;
    /** Signing takes milliseconds, and the tests ask for the same few people thousands of times. */
    private final Map<List<String>, String> signed = new ConcurrentHashMap<>();

    private TestIssuer(HttpServer server, ECKey key, ECKey strangersKey) {
        this.server = server;
        this.key = key;
        this.strangersKey = strangersKey;
    }

    /** Starts on a free loopback port. */
    public static TestIssuer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TestIssuer issuer = new TestIssuer(server, newKey("test"), newKey("test"));
            server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, """
                    {"issuer": "%1$s", "jwks_uri": "%1$s/keys", "token_endpoint": "%1$s/token", "authorization_endpoint": "%1$s/authorize",
                     "subject_types_supported": ["public"], "response_types_supported": ["code"],
                     "id_token_signing_alg_values_supported": ["ES256"]}""".formatted(issuer.issuer())));
            server.createContext("/keys", exchange -> answer(exchange, new JWKSet(issuer.key.toPublicJWK()).toString()));
            server.start();
            return issuer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String issuer() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** A token of a person with groups, good for an hour. */
    public String person(String subject, String... groups) {
        return signed.computeIfAbsent(words("person", subject, groups), _ -> sign(key, person(subject, List.of(groups)).build()));
    }

    /** A token of a service with scopes, good for an hour. */
    public String service(String subject, String... scopes) {
        return signed.computeIfAbsent(words("service", subject, scopes), _ -> sign(key, claims(subject).claim("scope", List.of(scopes)).build()));
    }

    /** A person's token with something wrong about it. */
    public String spoilt(String subject, UnaryOperator<JWTClaimsSet.Builder> spoil) {
        return sign(key, spoil.apply(person(subject, List.of())).build());
    }

    /** A token that ended a minute ago. */
    public String expired(String subject) {
        return spoilt(subject, claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(60))));
    }

    /** A token for somebody else. */
    public String wrongAudience(String subject) {
        return spoilt(subject, claims -> claims.audience("another-service"));
    }

    /** A token that a stranger signed with a key of the same name. */
    public String forged(String subject, String... groups) {
        return sign(strangersKey, person(subject, List.of(groups)).build());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static List<String> words(String kind, String subject, String... more) {
        return Stream.concat(Stream.of(kind, subject), Arrays.stream(more)).toList();
    }

    private JWTClaimsSet.Builder person(String subject, List<String> groups) {
        return claims(subject).claim("name", subject).claim("groups", groups);
    }

    private JWTClaimsSet.Builder claims(String subject) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject(subject)
                .audience("penstock")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(3600)));
    }

    private static String sign(ECKey key, JWTClaimsSet claims) {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ECKey newKey(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (exchange; var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
