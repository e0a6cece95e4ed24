package dev.penstock.frame.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Bounds the body of every request, also of one that does not say how long it is: the servlet container bounds forms alone. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class BoundedBody extends OncePerRequestFilter {

    /** A registration of a tenant with all its members is the largest we know. */
    static final int MOST_BYTES = 4 * 1024 * 1024;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        chain.doFilter(new Bounded(request), response);
    }

    private static final class Bounded extends HttpServletRequestWrapper {

        Bounded(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream(), getContentLengthLong());
        }
    }

    private static final class Counted extends ServletInputStream {

        private final ServletInputStream body;
        private final long announced;
        private long read;

        Counted(ServletInputStream body, long announced) {
            this.body = body;
            this.announced = announced;
        }

        @Override
        public int read() throws IOException {
            int value = body.read();
            count(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            count(0);
            int got = body.read(into, from, length);
            count(Math.max(0, got));
            return got;
        }

        private void count(int more) throws BodyTooLarge {
            read += more;
            if (announced > MOST_BYTES || read > MOST_BYTES) {
                throw new BodyTooLarge();
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
