package dev.penstock.contract.quota;

import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** Whether the books hold together and say what the engines say. For administrators and auditors. */
@HttpExchange("/api/health")
public interface HealthApi {

    /** All of it, as of now. {@code not_allowed} to everybody else. */
    @GetExchange
    HealthView health();
}
