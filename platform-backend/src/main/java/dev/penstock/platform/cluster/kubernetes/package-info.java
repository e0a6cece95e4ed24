/**
 * A Kubernetes cluster by the fabric8 client over the JDK's HTTP client. The only place that knows either. Owns the translation: our
 * manifests to its objects, its objects to what we see, its errors to sentences. Decides nothing about slices.
 */
@NullMarked
package dev.penstock.platform.cluster.kubernetes;

import org.jspecify.annotations.NullMarked;
