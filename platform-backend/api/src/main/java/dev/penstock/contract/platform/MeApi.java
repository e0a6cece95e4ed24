package dev.penstock.contract.platform;

import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** Who is calling, as Penstock sees it. */
@HttpExchange("/api/me")
public interface MeApi {

    @GetExchange
    Me me();
}
