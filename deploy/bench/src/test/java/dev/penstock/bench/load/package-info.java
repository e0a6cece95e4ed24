/** Tests of the generator and the upstream, over real sockets where these are what is asked about. */
package dev.penstock.bench.load;
