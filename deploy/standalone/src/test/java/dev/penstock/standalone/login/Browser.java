package dev.penstock.standalone.login;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** As much of a browser as a sign-in needs: cookies, forms, and redirects that the test follows one by one. */
final class Browser {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(address)).header("Accept", "text/html"));
    }

    HttpResponse<String> post(String address, Map<String, String> form) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(address)).header("Accept", "text/html").header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encode(form))));
    }

    /** A request of the portal itself, not of the person's browser. */
    HttpResponse<String> token(String address, String client, String secret, Map<String, String> form) throws IOException, InterruptedException {
        String basic = Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return send(HttpRequest.newBuilder(URI.create(address)).header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(encode(form))));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static String csrf(String page) {
        Matcher found = CSRF.matcher(page);
        if (!found.find()) {
            throw new AssertionError("no form in " + page);
        }
        return found.group(1);
    }

    static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElseThrow(() -> new AssertionError(response.statusCode() + " " + response.body()));
    }

    static Map<String, String> query(String address) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : URI.create(address).getRawQuery().split("&")) {
            String[] sides = pair.split("=", 2);
            parameters.put(sides[0], URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + URLEncoder.encode(pair.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    static JsonNode claims(String token) {
        return new JsonMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    }
}
