package dev.penstock.standalone.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.standalone.FreeBase;
import dev.penstock.standalone.machine.Secrets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LoginServerTest {

    private static final String VERIFIER = "a-verifier-of-at-least-forty-three-characters-in-length";
    private static final String PORTAL_SECRET = "portal-secret";

    @TempDir
    static Path folder;

    private static LoginSettings settings;
    private static LoginServer server;

    private final Browser browser = new Browser();

    @BeforeAll
    static void start() {
        int port = FreeBase.find().login();
        Map<String, String> scripts = new HashMap<>();
        Persona.development().forEach(persona -> scripts.put(persona.login(), "secret-of-" + persona.login()));
        settings = new LoginSettings(
                port, new Secrets(folder, new SecureRandom()).rsaKey("key.pem"), Duration.ofSeconds(90), "penstock", Persona.development(),
                URI.create("http://localhost:1"), "platform-ui", PORTAL_SECRET, scripts,
                List.of(new ServiceClient("platform-backend", "backend-secret", Set.of("quota.registry", "quota.reservations"))));
        server = LoginServer.start(settings);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "scientist, research-vision", "scientist2, risk-scoring", "admin, penstock-admins", "auditor, penstock-auditors", "finance, penstock-finance"
    })
    void aPersonaSignsInWithOneClickAndTheTokensSayWhoItIs(String login, String group) throws Exception {
        JsonNode tokens = signIn(login);

        Jwt access = verified(tokens.get("access_token").stringValue());
        assertThat(access.getSubject()).isEqualTo(login);
        assertThat(access.getAudience()).containsExactly("penstock");
        assertThat(access.getClaimAsStringList("groups")).containsExactly(group);
        assertThat(access.getClaimAsString("name")).isNotBlank().isNotEqualTo(login);
        assertThat(Duration.between(access.getIssuedAt(), access.getExpiresAt())).isEqualTo(Duration.ofSeconds(90));

        JsonNode id = Browser.claims(tokens.get("id_token").stringValue());
        assertThat(id.get("aud").toString()).contains("platform-ui");
        assertThat(id.get("name").stringValue()).isEqualTo(access.getClaimAsString("name"));
        assertThat(id.get("nonce").stringValue()).isEqualTo("n-1");
    }

    @Test
    void aRefreshTokenStaysGoodSoThatTwoTabsAndLostAnswersDoNoHarm() throws Exception {
        String refresh = signIn("scientist").get("refresh_token").stringValue();
        JsonNode first = refresh(refresh);
        JsonNode second = refresh(refresh);
        assertThat(first.get("refresh_token").stringValue()).isEqualTo(refresh);
        assertThat(second.get("access_token").stringValue()).isNotEqualTo(first.get("access_token").stringValue());
        assertThat(verified(second.get("access_token").stringValue()).getClaimAsStringList("groups")).containsExactly("research-vision");
    }

    @Test
    void aCodeWithoutTheVerifierOfWhoeverAskedForItIsWorthNothing() throws Exception {
        String code = code("scientist", authorization());
        HttpResponse<String> answer = token("platform-ui", PORTAL_SECRET, codeForm(code, "somebody-elses-verifier-of-forty-three-characters"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_grant");
    }

    @Test
    void aRequestWithoutPkceIsRefused() throws Exception {
        Map<String, String> withoutPkce = authorization();
        withoutPkce.remove("code_challenge");
        withoutPkce.remove("code_challenge_method");
        signIn("scientist");
        HttpResponse<String> answer = browser.get(settings.issuer() + "/oauth2/authorize?" + Browser.encode(withoutPkce));
        assertThat(Browser.query(Browser.location(answer))).containsEntry("error", "invalid_request").doesNotContainKey("code");
    }

    @Test
    void aCodeGoesToThePortalOnly() throws Exception {
        Map<String, String> elsewhere = authorization();
        elsewhere.put("redirect_uri", "http://localhost:2/login/oauth2/code/penstock");
        signIn("scientist");
        HttpResponse<String> answer = browser.get(settings.issuer() + "/oauth2/authorize?" + Browser.encode(elsewhere));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void signingOutEndsTheProvidersOwnSession() throws Exception {
        JsonNode tokens = signIn("scientist");
        String authorize = settings.issuer() + "/oauth2/authorize?" + Browser.encode(authorization());
        assertThat(Browser.location(browser.get(authorize))).as("a second sign-in needs no click").startsWith("http://localhost:1/login/oauth2/code/penstock?code=");

        HttpResponse<String> out = browser.get(settings.issuer() + "/connect/logout?" + Browser.encode(Map.of(
                "id_token_hint", tokens.get("id_token").stringValue(), "post_logout_redirect_uri", "http://localhost:1/signed-out")));
        assertThat(Browser.location(out)).isEqualTo("http://localhost:1/signed-out");
        assertThat(Browser.location(browser.get(authorize))).endsWith("/login");
    }

    @Test
    void aScriptActsAsItsPersona() throws Exception {
        JsonNode answer = json(token("script-admin", "secret-of-admin", Map.of("grant_type", "client_credentials")));
        Jwt access = verified(answer.get("access_token").stringValue());
        assertThat(access.getSubject()).isEqualTo("admin");
        assertThat(access.getClaimAsStringList("groups")).containsExactly("penstock-admins");
        assertThat(access.getAudience()).containsExactly("penstock");
        assertThat(answer.has("refresh_token")).isFalse();
    }

    @Test
    void aServiceHasItsScopesAndNoGroups() throws Exception {
        JsonNode answer = json(token("platform-backend", "backend-secret", Map.of("grant_type", "client_credentials", "scope", "quota.registry quota.reservations")));
        Jwt access = verified(answer.get("access_token").stringValue());
        assertThat(access.getSubject()).isEqualTo("platform-backend");
        assertThat(access.getClaimAsStringList("scope")).containsExactlyInAnyOrder("quota.registry", "quota.reservations");
        assertThat(access.getClaims()).doesNotContainKeys("groups", "name");
    }

    @ParameterizedTest
    @CsvSource({
        "platform-backend, backend-secret, quota.everything, 400, invalid_scope",
        "platform-backend, wrong, quota.registry, 401, invalid_client",
        "script-admin, secret-of-scientist, '', 401, invalid_client",
        "platform-ui, portal-secret, '', 400, unauthorized_client"
    })
    void nobodyGetsMoreThanIsTheirs(String client, String secret, String scope, int status, String error) throws Exception {
        Map<String, String> form = new LinkedHashMap<>(Map.of("grant_type", "client_credentials"));
        if (!scope.isEmpty()) {
            form.put("scope", scope);
        }
        HttpResponse<String> answer = token(client, secret, form);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(error);
    }

    @Test
    void thePageIsLabelledAndEscapedAndAStrangerIsNoPersona() throws Exception {
        HttpResponse<String> page = browser.get(settings.issuer() + "/login");
        assertThat(page.body()).contains("Development sign-in", "scientist2").doesNotContain("{");
        assertThat(page.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
        HttpResponse<String> answer = browser.post(settings.issuer() + "/login", Map.of("persona", "root", "_csrf", Browser.csrf(page.body())));
        assertThat(Browser.location(answer)).endsWith("/login?error");
    }

    @Test
    void aFormFromElsewhereSignsNobodyIn() throws Exception {
        browser.get(settings.issuer() + "/login");
        assertThat(browser.post(settings.issuer() + "/login", Map.of("persona", "admin")).statusCode()).isEqualTo(403);
    }

    @Test
    void tokensOutliveARestart() throws Exception {
        Jwt before = verified(json(token("script-admin", "secret-of-admin", Map.of("grant_type", "client_credentials"))).get("access_token").stringValue());
        server.close();
        server = LoginServer.start(settings);
        assertThat(verified(before.getTokenValue()).getSubject()).isEqualTo("admin");
    }

    private JsonNode signIn(String login) throws Exception {
        return json(token("platform-ui", PORTAL_SECRET, codeForm(code(login, authorization()), VERIFIER)));
    }

    /** As the portal sends a person there: authorize, the page, one click, authorize again, back to the portal. */
    private String code(String login, Map<String, String> authorization) throws IOException, InterruptedException {
        String authorize = settings.issuer() + "/oauth2/authorize?" + Browser.encode(authorization);
        HttpResponse<String> page = browser.get(Browser.location(browser.get(authorize)));
        HttpResponse<String> clicked = browser.post(settings.issuer() + "/login", Map.of("persona", login, "_csrf", Browser.csrf(page.body())));
        String back = Browser.location(browser.get(Browser.location(clicked)));
        Map<String, String> answer = Browser.query(back);
        assertThat(back).startsWith("http://localhost:1/login/oauth2/code/penstock?");
        assertThat(answer).containsEntry("state", "s-1");
        return answer.get("code");
    }

    private static Map<String, String> authorization() throws NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", "platform-ui");
        parameters.put("redirect_uri", "http://localhost:1/login/oauth2/code/penstock");
        parameters.put("scope", "openid profile");
        parameters.put("state", "s-1");
        parameters.put("nonce", "n-1");
        parameters.put("code_challenge", Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        parameters.put("code_challenge_method", "S256");
        return parameters;
    }

    private static Map<String, String> codeForm(String code, String verifier) {
        return Map.of("grant_type", "authorization_code", "code", code, "redirect_uri", "http://localhost:1/login/oauth2/code/penstock", "code_verifier", verifier);
    }

    private JsonNode refresh(String token) throws Exception {
        return json(token("platform-ui", PORTAL_SECRET, Map.of("grant_type", "refresh_token", "refresh_token", token)));
    }

    private HttpResponse<String> token(String client, String secret, Map<String, String> form) throws IOException, InterruptedException {
        return new Browser().token(LoginSettings.tokenUri(settings.issuer()), client, secret, form);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonMapper().readTree(answer.body());
    }

    /** As a service verifies it: keys, issuer and times by what the provider publishes. */
    private static Jwt verified(String token) {
        return NimbusJwtDecoder.withIssuerLocation(settings.issuer()).build().decode(token);
    }
}
