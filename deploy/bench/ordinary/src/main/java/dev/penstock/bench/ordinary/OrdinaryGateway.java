package dev.penstock.bench.ordinary;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Spring Cloud Gateway as its documentation has it, with one route: {@code --server.port=9000 --upstream=http://127.0.0.1:8000}. */
@SpringBootApplication(proxyBeanMethods = false)
public class OrdinaryGateway {

    public static void main(String[] arguments) {
        SpringApplication.run(OrdinaryGateway.class, arguments);
    }
}
