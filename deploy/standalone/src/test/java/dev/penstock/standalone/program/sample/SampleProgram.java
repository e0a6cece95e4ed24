package dev.penstock.standalone.program.sample;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

@SpringBootConfiguration
@EnableAutoConfiguration
public class SampleProgram {

    public static void main(String[] args) {
        new SpringApplicationBuilder(SampleProgram.class).properties("spring.config.name=sample").run(args);
    }

    @Bean
    RouterFunction<ServerResponse> answers(Environment environment) {
        String refusal = environment.getProperty("sample.refuse");
        if (refusal != null) {
            throw new IllegalStateException(refusal);
        }
        return RouterFunctions.route()
                .GET("/name", request -> ServerResponse.ok().body(environment.getRequiredProperty("sample.name")))
                .GET("/loader", request -> ServerResponse.ok().body(String.valueOf(SampleProgram.class.getClassLoader().getName())))
                .GET("/actuator/health", request -> environment.getProperty("sample.ill", boolean.class, false)
                        ? ServerResponse.status(503).body("DOWN")
                        : ServerResponse.ok().body("UP"))
                .build();
    }
}
