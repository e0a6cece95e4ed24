package dev.penstock.ui.fleet;

/** By what partitions are coloured. */
enum Colouring {
    TENANT("By tenant"),
    PROJECT("By project"),
    USE("By use");

    private final String title;

    Colouring(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
