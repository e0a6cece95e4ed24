package dev.penstock.ui.signin;

import com.vaadin.flow.spring.security.VaadinDefaultRequestCache;
import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import dev.penstock.ui.backend.TokenRefresh;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer.AuthorizedUrl;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;

/** Everything needs a signed-in person, except the health probe, the page after sign-out, and what they look like. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableConfigurationProperties(IdentitySettings.class)
class SignIn {

    /**
     * Flow starts by an inline script and evaluates what the server sends it, so scripts cannot be stricter than this before Vaadin 25.4;
     * nothing may come from, or be sent to, another origin.
     */
    private static final String CONTENT_SECURITY_POLICY = String.join("; ",
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'");

    /** After sign-in one comes back to the very address one wanted: no name, so no mark is added to it. */
    @SuppressWarnings("NullAway") // Spring checks for null here, and does not say so in its types.
    private static RequestCache returning() {
        var cache = new HttpSessionRequestCache();
        cache.setMatchingRequestParameterName(null);
        return cache;
    }

    /**
     * Pages come from Vaadin's servlet through a forward, at whose end Tomcat commits the response without asking: headers that wait for
     * the commit would be missing from exactly the pages they protect.
     */
    private static ObjectPostProcessor<HeaderWriterFilter> eagerly() {
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends HeaderWriterFilter> O postProcess(O filter) {
                filter.setShouldWriteHeadersEagerly(true);
                return filter;
            }
        };
    }

    @Bean
    ProviderRegistration providerRegistration(IdentitySettings settings) {
        return new ProviderRegistration(settings);
    }

    @Bean
    TokenRefresh tokenRefresh(ProviderRegistration provider, Clock clock) {
        return new RefreshGrant(provider, clock);
    }

    @Bean
    OAuth2AuthorizedClientRepository sessionTokens(TokenRefresh refresh, Clock clock) {
        return new SessionTokens(refresh, clock);
    }

    @Bean
    SecurityFilterChain web(HttpSecurity http, ProviderRegistration provider, VaadinDefaultRequestCache wanted) {
        var signOut = new SignOut(provider);
        wanted.setDelegateRequestCache(returning());
        http.authorizeHttpRequests(requests -> requests
                .requestMatchers(
                        "/actuator/health/**", "/aura/**", "/favicon.svg", "/tokens.css", "/icons.css", "/components.css", "/portal.css", "/portal.js")
                .permitAll());
        http.exceptionHandling(failures -> failures.defaultAuthenticationEntryPointFor(
                (request, response, failure) -> response.sendRedirect(request.getContextPath() + SignOut.SIGNED_OUT), SignOut::under));
        http.with(VaadinSecurityConfigurer.vaadin(), vaadin -> vaadin
                .oauth2LoginPage("/oauth2/authorization/" + ProviderRegistration.ID)
                // An address nobody knows is the portal's to explain, in its frame.
                .anyRequest(AuthorizedUrl::authenticated)
                .addLogoutHandler(signOut)
                .logoutSuccessHandler(signOut));
        http.headers(headers -> headers
                .withObjectPostProcessor(eagerly())
                .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                // A workspace that was opened from here is somebody's program: it gets no hold of this window.
                .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(policy -> policy.policy("camera=(), microphone=(), geolocation=(), payment=()")));
        return http.build();
    }
}
