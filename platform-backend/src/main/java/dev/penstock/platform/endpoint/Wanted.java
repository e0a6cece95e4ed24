package dev.penstock.platform.endpoint;

/** What people want of an endpoint. */
enum Wanted {
    RUNNING,
    STOPPED,
    DELETED
}
