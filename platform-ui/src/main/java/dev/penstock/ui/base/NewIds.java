package dev.penstock.ui.base;

import java.util.UUID;

/** Ids for what a person creates: made here, so that asking twice creates once. */
@FunctionalInterface
public interface NewIds {

    UUID next();
}
