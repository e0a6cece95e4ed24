package dev.penstock.contract.quota;

import jakarta.validation.Valid;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/**
 * Names that stand for several models. Administrators make them and, with auditors, read them. What was made never changes: the next
 * version counts.
 */
@HttpExchange("/api/aliases")
public interface AliasesApi {

    /** The version of each that counts, by name; withdrawn ones too. */
    @GetExchange
    List<AliasView> list();

    /**
     * Makes the next version: {@code changed_meanwhile} unless it is the last one's number plus 1, or the same again.
     *
     * @param name what callers call it: letters, digits and {@code . _ : -}
     */
    @PutExchange("/{name}/{version}")
    AliasView make(@PathVariable String name, @PathVariable int version, @Valid @RequestBody AliasSpec spec);
}
