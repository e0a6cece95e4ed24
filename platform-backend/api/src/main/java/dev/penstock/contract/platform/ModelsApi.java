package dev.penstock.contract.platform;

import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** The catalogue of models. Everybody with a sign-in reads it. */
@HttpExchange("/api/models")
public interface ModelsApi {

    /** By name. */
    @GetExchange
    List<ModelView> list();

    @GetExchange("/{model}")
    ModelView get(@PathVariable String model);
}
