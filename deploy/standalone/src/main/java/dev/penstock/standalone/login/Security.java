package dev.penstock.standalone.login;

import java.time.Clock;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;

/** The provider's protocol endpoints, and the page on which one chooses who to be. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class Security {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    @Bean
    @Order(1)
    SecurityFilterChain protocol(HttpSecurity http) throws Exception {
        http.oauth2AuthorizationServer(server -> {
            http.securityMatcher(server.getEndpointsMatcher());
            server.oidc(Customizer.withDefaults());
        });
        MediaTypeRequestMatcher browser = new MediaTypeRequestMatcher(MediaType.TEXT_HTML);
        browser.setIgnoredMediaTypes(Set.of(MediaType.ALL));
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults()))
                .exceptionHandling(handling -> handling.defaultAuthenticationEntryPointFor(new LoginUrlAuthenticationEntryPoint("/login"), browser))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain signIn(HttpSecurity http, LoginSettings settings) throws Exception {
        String portal = settings.portal().toString();
        // Chromium applies form-action to every redirect that follows the form, and the last one is the portal's.
        String policy = "default-src 'none'; style-src 'self'; form-action 'self' " + portal + "; frame-ancestors 'none'; base-uri 'none'";
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/login", "/login.css", "/error").permitAll().anyRequest().authenticated())
                .authenticationProvider(new PersonaAuthentication(settings, Clock.systemUTC()))
                .formLogin(form -> form.loginPage("/login").usernameParameter("persona").defaultSuccessUrl(portal))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(policy))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .build();
    }

    /** A page elsewhere whose name was pointed at this machine (DNS rebinding) gets nothing. */
    @Bean
    StrictHttpFirewall loopbackNamesOnly() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedHostnames(LOOPBACK_NAMES::contains);
        return firewall;
    }
}
