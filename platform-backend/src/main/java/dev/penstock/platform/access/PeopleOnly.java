package dev.penstock.platform.access;

import dev.penstock.contract.Problem;
import dev.penstock.frame.identity.CurrentCaller;
import dev.penstock.frame.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Every operation here is for people: a token of a service, which belongs to quota-service's operations, is refused whole. */
@Component
class PeopleOnly implements HandlerInterceptor, WebMvcConfigurer {

    private final CurrentCaller callers;

    PeopleOnly(CurrentCaller callers) {
        this.callers = callers;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (callers.get().isService()) {
            throw new ProblemException(Problem.NOT_ALLOWED, "This is for people; the token belongs to a service.");
        }
        return true;
    }
}
