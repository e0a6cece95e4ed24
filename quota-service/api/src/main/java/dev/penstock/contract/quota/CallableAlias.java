package dev.penstock.contract.quota;

import java.util.List;

/**
 * A name that stands for several models.
 *
 * @param name what to write into the {@code model} field
 * @param models those of them that the project may call, one or more, in the order in which they are asked
 */
public record CallableAlias(String name, List<String> models) {}
