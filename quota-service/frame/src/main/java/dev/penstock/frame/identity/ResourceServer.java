package dev.penstock.frame.identity;

import dev.penstock.frame.audit.Refusals;
import dev.penstock.frame.problem.ProblemWriter;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

/** Every request needs a token with the right issuer, audience, signature and time; only health is open. */
@Configuration(proxyBeanMethods = false)
class ResourceServer {

    @Bean
    SecurityFilterChain securityFilterChain(HttpSecurity http, ProblemWriter problems, Refusals refusals) throws Exception {
        return http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .authorizeHttpRequests(requests -> requests
                        .requestMatchers("/actuator/health/**").permitAll()
                        .requestMatchers("/actuator/**").hasAuthority("SCOPE_metrics.read")
                        .dispatcherTypeMatchers(jakarta.servlet.DispatcherType.ASYNC, jakarta.servlet.DispatcherType.ERROR).permitAll()
                        .anyRequest().authenticated())
                .oauth2ResourceServer(server -> server
                        .jwt(jwt -> {})
                        .authenticationEntryPoint((request, response, failure) -> {
                            refusals.recordBadToken(request, failure);
                            problems.notSignedIn(response, failure);
                        })
                        .accessDeniedHandler((request, response, failure) -> problems.notAllowed(response)))
                .build();
    }

    /** Asks the issuer for its keys at the first request, so that the services start in any order. */
    @Bean
    JwtDecoder jwtDecoder(IdentitySettings settings, Clock clock) {
        Supplier<JwtDecoder> discover = () -> {
            NimbusJwtDecoder decoder = NimbusJwtDecoder.withIssuerLocation(settings.issuer()).build();
            JwtTimestampValidator time = new JwtTimestampValidator(settings.clockSkew());
            time.setClock(clock);
            decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(List.of(
                    time, new JwtIssuerValidator(settings.issuer()), new JwtAudienceValidator(settings.audience()))));
            return decoder;
        };
        return new SupplierJwtDecoder(discover);
    }
}
