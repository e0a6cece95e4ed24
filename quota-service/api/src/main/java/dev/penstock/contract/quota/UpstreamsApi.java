package dev.penstock.contract.quota;

import jakarta.validation.Valid;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/**
 * Servers outside of the house that speak OpenAI's dialect or Anthropic's. Administrators make them and, with auditors, read them. What was made never changes: the
 * next version counts.
 */
@HttpExchange("/api/upstreams")
public interface UpstreamsApi {

    /** The version of each that counts, by name; withdrawn ones too. */
    @GetExchange
    List<UpstreamView> list();

    /**
     * Makes the next version: {@code changed_meanwhile} unless it is the last one's number plus 1, or the same again. The same again with another key than
     * the one in use is {@code exists_but_different}: nothing is dropped in silence. {@code invalid_input} also for an address that calls may
     * not be sent to, {@code name_taken} for a model that another upstream has.
     *
     * @param name small letters, digits and {@code -}
     */
    @PutExchange("/{name}/{version}")
    UpstreamView make(@PathVariable String name, @PathVariable int version, @Valid @RequestBody UpstreamSpec spec);
}
