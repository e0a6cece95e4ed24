package dev.penstock.contract.platform;

import jakarta.validation.Valid;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/** What may run on a slice that people work on. */
@HttpExchange("/api/workspace-images")
public interface WorkspaceImagesApi {

    /** By title. Organisation roles also see what is not offered. */
    @GetExchange
    WorkspaceImagesView list();

    /**
     * Adds or changes one, by administrators only. Repeating it changes nothing. {@code invalid_input} for an id that is not of lower case letters, digits
     * and hyphens, and for one of kind {@code SSH} where no key to sign certificates with is configured.
     */
    @PutExchange("/{image}")
    WorkspaceImageView put(@PathVariable String image, @Valid @RequestBody WorkspaceImageSpec spec);
}
