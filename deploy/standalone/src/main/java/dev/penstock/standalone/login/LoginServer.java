package dev.penstock.standalone.login;

import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

/** The running identity provider. */
public final class LoginServer implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private LoginServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Returns when it answers. */
    public static LoginServer start(LoginSettings settings) {
        // As arguments, which outrank the environment: a SERVER_PORT set for something else must not move this server.
        String[] arguments = properties(settings).entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        SpringApplicationBuilder builder = new SpringApplicationBuilder(Application.class)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .initializers(context -> ((GenericApplicationContext) context).registerBean(LoginSettings.class, () -> settings));
        keepLoggingAsItIs(builder.application());
        return new LoginServer(builder.run(arguments));
    }

    /** Logging is the launcher's. Spring Boot would set it up anew, while other threads log. */
    private static void keepLoggingAsItIs(SpringApplication application) {
        List<ApplicationListener<?>> others =
                application.getListeners().stream().filter(listener -> !(listener instanceof LoggingApplicationListener)).toList();
        application.setListeners(others);
    }

    private static Map<String, String> properties(LoginSettings settings) {
        return Map.of(
                "spring.config.name", "login",
                "spring.application.name", "login",
                "server.address", "127.0.0.1",
                "server.port", Integer.toString(settings.port()),
                "server.shutdown", "immediate",
                "server.servlet.session.cookie.name", "PENSTOCK_LOGIN",
                "server.servlet.session.cookie.same-site", "lax",
                "server.servlet.session.timeout", "12h",
                "spring.threads.virtual.enabled", "true");
    }

    @Override
    public void close() {
        context.close();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import({Clients.class, SigningKey.class, PersonaClaims.class, Security.class, SignInPage.class})
    static class Application {}
}
