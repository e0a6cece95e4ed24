package dev.penstock.contract;

import java.util.Locale;

/**
 * Everything that can go wrong in a way a caller should tell apart. Rendered as RFC 9457: {@code type} is
 * {@code urn:penstock:problem:<code>}, {@code title} is the sentence, and the members {@code code}, {@code blame} and
 * {@code reference} are always there.
 */
public enum Problem {
    INVALID_INPUT(400, Blame.CALLER, "The request is not valid."),
    UNKNOWN_PROFILE(400, Blame.CALLER, "There is no such slice profile."),
    UNKNOWN_MODEL(400, Blame.CALLER, "There is no such model in the catalogue."),
    DOES_NOT_FIT(400, Blame.CALLER, "The model does not fit this part of a GPU."),
    NOT_SIGNED_IN(401, Blame.CALLER, "The access token is missing, expired or not meant for Penstock."),
    NOT_ALLOWED(403, Blame.CALLER, "Your role does not allow this."),
    OWN_REQUEST(403, Blame.CALLER, "Nobody approves their own request."),
    NOT_FOUND(404, Blame.CALLER, "There is no such thing, or it is not yours to see."),
    EXISTS_BUT_DIFFERENT(409, Blame.CALLER, "The same id was used before for something different."),
    NAME_TAKEN(409, Blame.CALLER, "The name is in use."),
    WRONG_STATE(409, Blame.CALLER, "That is not possible in the present state."),
    CHANGED_MEANWHILE(409, Blame.CALLER, "Somebody else changed it meanwhile; nothing was saved."),
    LIMIT_REACHED(409, Blame.CALLER, "A limit would be exceeded."),
    LEASE_TOO_LONG(409, Blame.CALLER, "The lease is longer than the tenant's policy allows."),
    TOO_LARGE(413, Blame.CALLER, "The request is larger than accepted."),
    TOO_MANY_REQUESTS(429, Blame.CALLER, "Too many at once; try again shortly."),
    NO_ROOM(503, Blame.CAPACITY, "No such part of a GPU is free now."),
    QUOTA_UNAVAILABLE(503, Blame.US, "The quota service did not answer; nothing was granted."),
    CLUSTER_UNAVAILABLE(503, Blame.UPSTREAM, "The cluster did not answer."),
    AUDIT_UNAVAILABLE(503, Blame.US, "The database did not answer."),
    INTERNAL(500, Blame.US, "Something went wrong on our side; nothing was changed.");

    /** Who has to act: decides colour, wording and who is paged. */
    public enum Blame {
        CALLER,
        CAPACITY,
        UPSTREAM,
        US
    }

    private final int status;
    private final Blame blame;
    private final String sentence;

    Problem(int status, Blame blame, String sentence) {
        this.status = status;
        this.blame = blame;
        this.sentence = sentence;
    }

    /** The HTTP status it is answered with. */
    public int status() {
        return status;
    }

    public Blame blame() {
        return blame;
    }

    /** One sentence for a person, without particulars. */
    public String sentence() {
        return sentence;
    }

    /** The stable name on the wire, for example {@code limit_reached}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The RFC 9457 {@code type}. */
    public String type() {
        return "urn:penstock:problem:" + code();
    }
}
