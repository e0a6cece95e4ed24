package dev.penstock.contract.quota;

import jakarta.validation.Valid;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/** Price books. Everybody reads them; administrators and finance make them. A book that was made never changes. */
@HttpExchange("/api/prices")
public interface PricesApi {

    /** Newest first. */
    @GetExchange
    List<PriceBookView> list();

    /** Makes the next version: {@code changed_meanwhile} unless it is the last one's number plus 1, or the same again. */
    @PutExchange("/{version}")
    PriceBookView make(@PathVariable int version, @Valid @RequestBody PriceBookSpec spec);
}
