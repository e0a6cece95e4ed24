package dev.penstock.contract.quota;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param next cursor of the following page; null: this is the last one */
public record CallPage(List<CallRow> calls, @Nullable String next) {}
