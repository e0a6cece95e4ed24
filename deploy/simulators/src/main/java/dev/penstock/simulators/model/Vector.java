package dev.penstock.simulators.model;

import java.util.List;
import java.util.Locale;

/**
 * A vector of length one that follows from the text alone: every three letters in a row push one place up or down, so that
 * texts with words in common point in similar directions. Enough to try a search with, and no more.
 */
final class Vector {

    private static final int GRAM = 3;
    private static final int MIX = 0x9E3779B9;

    private Vector() {
    }

    static float[] of(Prompt input, int dimensions) {
        List<String> pieces = input.given();
        String text = " " + String.join(" ", input.parts()) + String.join(" ", pieces) + " ";
        String folded = text.toLowerCase(Locale.ROOT);
        double[] sums = new double[dimensions];
        for (int index = 0; index + GRAM <= folded.length(); index++) {
            int hash = folded.substring(index, index + GRAM).hashCode() * MIX;
            sums[Math.floorMod(hash >>> 1, dimensions)] += (hash & 1) == 0 ? 1 : -1;
        }
        return ofLengthOne(sums);
    }

    private static float[] ofLengthOne(double[] sums) {
        double square = 0;
        for (double sum : sums) {
            square += sum * sum;
        }
        float[] vector = new float[sums.length];
        for (int index = 0; index < sums.length; index++) {
            vector[index] = (float) (square == 0 ? index == 0 ? 1 : 0 : sums[index] / Math.sqrt(square));
        }
        return vector;
    }
}
