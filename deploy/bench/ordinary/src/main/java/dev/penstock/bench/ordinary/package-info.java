/** The ordinary Java way to put a gateway before a model. Owns nothing that a product needs: it is there to be measured. */
@NullMarked
package dev.penstock.bench.ordinary;

import org.jspecify.annotations.NullMarked;
