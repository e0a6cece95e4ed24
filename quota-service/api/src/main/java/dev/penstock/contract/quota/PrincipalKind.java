package dev.penstock.contract.quota;

/** Whom a membership names: a group of the identity provider (claim {@code groups}), or one person (claim {@code sub}). */
public enum PrincipalKind {
    GROUP,
    PERSON
}
