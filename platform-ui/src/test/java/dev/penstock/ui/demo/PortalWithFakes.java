package dev.penstock.ui.demo;

import com.vaadin.flow.server.VaadinSession;
import dev.penstock.ui.Portal;
import dev.penstock.ui.fakes.FakeServices;
import dev.penstock.ui.fakes.FakesConfiguration;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.Showcase;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Locale;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.filter.OncePerRequestFilter;

/** Starts the portal without services: {@code /?as=admin} opens it as that persona. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@AutoConfigurationPackage(basePackageClasses = Portal.class)
@ComponentScan(
        basePackages = "dev.penstock.ui",
        excludeFilters = {
            @Filter(type = FilterType.REGEX, pattern = "dev\\.penstock\\.ui\\.(signin|fakes)\\..*"),
            @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Portal.class)
        })
@Import(FakesConfiguration.class)
public class PortalWithFakes {

    private static final String AS = "as";

    private static volatile Persona lastSeen = Persona.SCIENTIST;

    public static void main(String[] args) {
        new SpringApplicationBuilder(PortalWithFakes.class)
                .properties(
                        "spring.config.name=platform-ui",
                        "penstock.platform-backend.url=http://localhost:1",
                        "penstock.quota-service.url=http://localhost:1")
                .run(args);
    }

    @Bean
    FakeServices fakeServices(Clock clock) {
        var services = new FakeServices(PortalWithFakes::who, clock);
        Showcase.fill(services, clock.instant());
        services.limitRequests.fill();
        services.calls.talkative = true;
        return services;
    }

    @Bean
    SecurityFilterChain everybody(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll()).csrf(csrf -> csrf.disable()).build();
    }

    /** Remembers the persona that the page was opened for. */
    @Bean
    OncePerRequestFilter persona() {
        return new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                String as = request.getParameter("as");
                if (as != null) {
                    request.getSession().setAttribute(AS, Persona.valueOf(as.toUpperCase(Locale.ROOT)));
                }
                chain.doFilter(request, response);
            }
        };
    }

    private static Persona who() {
        VaadinSession session = VaadinSession.getCurrent();
        if (session == null) {
            return lastSeen; // A call beside a tab.
        }
        Persona chosen = (Persona) session.getSession().getAttribute(AS);
        lastSeen = chosen == null ? Persona.SCIENTIST : chosen;
        return chosen == null ? Persona.SCIENTIST : chosen;
    }
}
