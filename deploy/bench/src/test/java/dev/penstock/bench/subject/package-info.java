/** Tests of what is read of the subjects. */
package dev.penstock.bench.subject;
