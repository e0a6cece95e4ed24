/** Tests of what is read from the operating system, by processes that do what is to be seen. */
package dev.penstock.bench.measure;
