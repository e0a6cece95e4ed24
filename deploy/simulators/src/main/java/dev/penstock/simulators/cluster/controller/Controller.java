package dev.penstock.simulators.cluster.controller;

import dev.penstock.simulators.cluster.store.Change;

/** Looks after one thing; is told of every change, in order, on the loop's thread. */
interface Controller {

    void changed(Change change);
}
