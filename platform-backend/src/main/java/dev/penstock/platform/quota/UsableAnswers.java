package dev.penstock.platform.quota;

import dev.penstock.contract.Problem;
import dev.penstock.frame.problem.ProblemException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.service.invoker.HttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpExchangeAdapterDecorator;
import org.springframework.web.service.invoker.HttpRequestValues;

/** Without an answer, and with one that begins well and breaks off or is not what was promised: {@code quota_unavailable}. */
class UsableAnswers extends HttpExchangeAdapterDecorator {

    UsableAnswers(HttpExchangeAdapter delegate) {
        super(delegate);
    }

    @Override
    public void exchange(HttpRequestValues values) {
        usable(() -> {
            super.exchange(values);
            return true;
        });
    }

    @Override
    public HttpHeaders exchangeForHeaders(HttpRequestValues values) {
        return usable(() -> super.exchangeForHeaders(values));
    }

    @Override
    public <T> @Nullable T exchangeForBody(HttpRequestValues values, ParameterizedTypeReference<T> type) {
        return usable(() -> super.exchangeForBody(values, type));
    }

    @Override
    public ResponseEntity<Void> exchangeForBodilessEntity(HttpRequestValues values) {
        return usable(() -> super.exchangeForBodilessEntity(values));
    }

    @Override
    public <T> ResponseEntity<T> exchangeForEntity(HttpRequestValues values, ParameterizedTypeReference<T> type) {
        return usable(() -> super.exchangeForEntity(values, type));
    }

    private static <T extends @Nullable Object> T usable(Supplier<T> exchange) {
        try {
            return exchange.get();
        } catch (ResourceAccessException e) {
            throw new ProblemException(Problem.QUOTA_UNAVAILABLE, "quota-service did not answer.", e);
        } catch (RestClientException e) {
            throw new ProblemException(Problem.QUOTA_UNAVAILABLE, "quota-service's answer cannot be used.", e);
        }
    }
}
