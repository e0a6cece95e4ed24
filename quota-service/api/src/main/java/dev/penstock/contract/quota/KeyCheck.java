package dev.penstock.contract.quota;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** @param texts that were found somewhere, and may be keys */
public record KeyCheck(@NotEmpty @Size(max = 1000) List<@NotNull @Size(max = 200) String> texts) {

    /** Without the texts. */
    @Override
    public String toString() {
        return "KeyCheck[" + (texts == null ? 0 : texts.size()) + " texts]";
    }
}
