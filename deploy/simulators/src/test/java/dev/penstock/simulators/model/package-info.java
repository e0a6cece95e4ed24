/** Tests of the simulated model server, over HTTP where that is what callers use. */
package dev.penstock.simulators.model;
