package dev.penstock.contract.quota;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** @param words why, for whoever asked */
public record LimitRejection(@NotBlank @Size(max = 500) String words) {}
