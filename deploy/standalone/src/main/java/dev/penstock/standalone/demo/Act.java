package dev.penstock.standalone.demo;

/** Some steps about one thing. */
interface Act {

    void play(Stage stage);
}
