package dev.penstock.quota.reservation;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.quota.ReservationSpec;
import dev.penstock.frame.problem.ProblemException;

/**
 * What is reserved.
 *
 * @param profile id of the slice profile
 * @param parts of 840 parts of a GPU; several GPUs have as many times 840
 * @param leaseSeconds the longest it may be held
 */
record Terms(ProjectId project, String profile, int parts, long leaseSeconds) {

    private static final int MOST_PARTS = ReservationSpec.MOST_GPUS * GpuTime.PARTS_PER_GPU;

    /** @throws ProblemException {@code invalid_input} if a slice would be more than a node, or of no profile */
    static Terms of(ReservationSpec spec) {
        if (spec.parts() > MOST_PARTS) {
            throw new ProblemException(
                    Problem.INVALID_INPUT, "parts: the " + ReservationSpec.MOST_GPUS + " GPUs of a node have " + MOST_PARTS + ", not " + spec.parts() + ".");
        }
        if (spec.profile().isBlank()) {
            throw new ProblemException(Problem.INVALID_INPUT, "profile: must not be blank.");
        }
        return new Terms(spec.project(), spec.profile(), spec.parts(), spec.leaseSeconds());
    }

    /** The same slice, perhaps for another time. */
    boolean sameSlice(Terms other) {
        return project.equals(other.project) && profile.equals(other.profile) && parts == other.parts;
    }

    /** GPU time of the whole lease, in part-seconds. */
    long partSeconds() {
        return Math.multiplyExact(parts, leaseSeconds);
    }
}
