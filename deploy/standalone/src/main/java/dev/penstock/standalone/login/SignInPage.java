package dev.penstock.standalone.login;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** One button per persona. */
@RestController
final class SignInPage {

    private final LoginSettings settings;
    private final String page;
    private final String persona;

    SignInPage(LoginSettings settings) {
        this.settings = settings;
        this.page = read("page.html");
        this.persona = read("persona.html");
    }

    @GetMapping(path = "/login", produces = MediaType.TEXT_HTML_VALUE)
    String show(HttpServletRequest request, CsrfToken csrf) {
        String personas = settings.personas().stream().map(each -> persona(each, csrf)).collect(Collectors.joining("\n"));
        boolean failed = request.getParameterMap().containsKey("error");
        return page.replace("{personas}", personas)
                .replace("{problem}", failed ? "<p class=\"problem\" role=\"alert\">There is no such persona. Choose one of these.</p>" : "")
                .replace("{portal}", HtmlUtils.htmlEscape(settings.portal().toString()));
    }

    private String persona(Persona who, CsrfToken csrf) {
        return persona.replace("{csrf-name}", HtmlUtils.htmlEscape(csrf.getParameterName()))
                .replace("{csrf-value}", HtmlUtils.htmlEscape(csrf.getToken()))
                .replace("{login}", HtmlUtils.htmlEscape(who.login()))
                .replace("{name}", HtmlUtils.htmlEscape(who.name()))
                .replace("{does}", HtmlUtils.htmlEscape(who.does()))
                .replace("{groups}", HtmlUtils.htmlEscape(String.join(", ", who.groups())));
    }

    private static String read(String name) {
        try (InputStream in = Objects.requireNonNull(SignInPage.class.getResourceAsStream("/login/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
