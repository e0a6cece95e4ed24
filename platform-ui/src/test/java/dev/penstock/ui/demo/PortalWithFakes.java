package dev.penstock.ui.demo;

import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinSession;
import dev.penstock.ui.Portal;
import dev.penstock.ui.fakes.FakeServices;
import dev.penstock.ui.fakes.FakesConfiguration;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.Showcase;
import java.time.Clock;
import java.util.Locale;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Starts the portal without services: {@code /?as=admin} opens it as that persona. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@AutoConfigurationPackage(basePackageClasses = Portal.class)
@ComponentScan(
        basePackages = "dev.penstock.ui",
        excludeFilters = {
            @Filter(type = FilterType.REGEX, pattern = "dev\\.penstock\\.ui\\.signin\\..*"),
            @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Portal.class)
        })
@Import(FakesConfiguration.class)
public class PortalWithFakes {

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
        return services;
    }

    @Bean
    SecurityFilterChain everybody(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll()).csrf(csrf -> csrf.disable()).build();
    }

    private static Persona who() {
        VaadinSession session = VaadinSession.getCurrent();
        VaadinRequest request = VaadinRequest.getCurrent();
        String query = request == null ? null : request.getParameter("query");
        String as = query != null && query.contains("as=") ? query.replaceAll(".*as=([a-z]+).*", "$1") : null;
        if (as != null) {
            session.setAttribute(Persona.class, Persona.valueOf(as.toUpperCase(Locale.ROOT)));
        }
        Persona chosen = session.getAttribute(Persona.class);
        return chosen == null ? Persona.SCIENTIST : chosen;
    }
}
