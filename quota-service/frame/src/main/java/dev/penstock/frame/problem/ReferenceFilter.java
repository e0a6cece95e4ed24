package dev.penstock.frame.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives each request its reference, or keeps the one that a caller of ours sent, and answers with it. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ReferenceFilter extends OncePerRequestFilter {

    private static final String HEADER = "X-Request-Id";

    private final RandomGenerator random = RandomGenerator.getDefault();

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String given = request.getHeader(HEADER);
        String reference = given != null && given.matches("[A-Za-z0-9-]{8,64}") ? given : fresh();
        response.setHeader(HEADER, reference);
        try (var ignored = MDC.putCloseable(CurrentReference.KEY, reference)) {
            chain.doFilter(request, response);
        }
    }

    /** For people to read aloud: eight hexadecimal digits in two groups. It is not a secret. */
    private String fresh() {
        byte[] bytes = new byte[4];
        random.nextBytes(bytes);
        String digits = HexFormat.of().formatHex(bytes);
        return digits.substring(0, 4) + "-" + digits.substring(4);
    }
}
