package dev.penstock.frame.problem;

import dev.penstock.contract.Problem;
import dev.penstock.frame.audit.Audited;
import dev.penstock.frame.audit.Refusals;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.identity.Caller;
import dev.penstock.frame.identity.CurrentCaller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Turns whatever goes wrong in a controller into a problem, and records refusals of changes. */
@RestControllerAdvice
class ProblemAdvice {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    private final ProblemWriter writer;
    private final ObjectProvider<Refusals> refusals;
    private final ObjectProvider<CurrentCaller> callers;

    ProblemAdvice(ProblemWriter writer, ObjectProvider<Refusals> refusals, ObjectProvider<CurrentCaller> callers) {
        this.writer = writer;
        this.refusals = refusals;
        this.callers = callers;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> problem(ProblemException e, HttpServletRequest request, @Nullable HandlerMethod handler) {
        if (e.problem().blame() == Problem.Blame.US) {
            log.warn("{}: {}", e.problem().code(), e.detail(), e);
        }
        return refuse(e.problem(), e.detail(), e.members(), request, handler);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(MethodArgumentNotValidException e, HttpServletRequest request, @Nullable HandlerMethod handler) {
        List<Map<String, String>> fields = e.getBindingResult().getFieldErrors().stream()
                .map(error -> Map.of("field", error.getField(), "message", String.valueOf(error.getDefaultMessage())))
                .toList();
        String detail = fields.isEmpty() ? "The body is not valid." : fields.getFirst().get("field") + ": " + fields.getFirst().get("message");
        return refuse(Problem.INVALID_INPUT, detail, Map.of("fields", fields), request, handler);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> invalid(HandlerMethodValidationException e, HttpServletRequest request, @Nullable HandlerMethod handler) {
        String detail = e.getAllErrors().isEmpty() ? "A parameter is not valid." : String.valueOf(e.getAllErrors().getFirst().getDefaultMessage());
        return refuse(Problem.INVALID_INPUT, detail, Map.of(), request, handler);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(HttpMessageNotReadableException e, HttpServletRequest request, @Nullable HandlerMethod handler) {
        if (BodyTooLarge.caused(e)) {
            return refuse(Problem.TOO_LARGE, "A body has at most " + BoundedBody.MOST_BYTES + " bytes.", Map.of("limit", BoundedBody.MOST_BYTES), request, handler);
        }
        return refuse(Problem.INVALID_INPUT, "The body is not the JSON that is expected here.", Map.of(), request, handler);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> mistyped(MethodArgumentTypeMismatchException e, HttpServletRequest request, @Nullable HandlerMethod handler) {
        return refuse(Problem.INVALID_INPUT, "The value of " + e.getName() + " is not of the form that is expected.", Map.of(), request, handler);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> overtaken(OptimisticLockingFailureException e, HttpServletRequest request, @Nullable HandlerMethod handler) {
        return refuse(Problem.CHANGED_MEANWHILE, "Load it again and repeat the change.", Map.of(), request, handler);
    }

    /** No database, no audit entry; and without one nothing is changed. A connection that breaks is told by whatever was done on it, rolling back included. */
    @ExceptionHandler({
        CannotCreateTransactionException.class, DataAccessResourceFailureException.class, TransientDataAccessException.class, TransactionSystemException.class
    })
    ResponseEntity<ProblemDetail> databaseGone(Exception e, HttpServletResponse response) throws Exception {
        cutShort(e, response);
        log.warn("the database did not answer", e);
        return writer.answer(Problem.AUDIT_UNAVAILABLE, "Try again: what is repeated is done once.", Map.of());
    }

    /** The client went away in the middle of a stream; nobody is left to be told. */
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException e) {
        log.debug("client went away", e);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unexpected(Exception e, HttpServletResponse response) throws Exception {
        cutShort(e, response);
        if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            Problem problem = known.getStatusCode().value() == 404 ? Problem.NOT_FOUND : Problem.INVALID_INPUT;
            String detail = problem == Problem.NOT_FOUND ? problem.sentence() : String.valueOf(known.getBody().getDetail());
            return writer.answer(known.getStatusCode(), problem, detail, Map.of());
        }
        log.error("unexpected failure", e);
        return writer.answer(Problem.INTERNAL, "The reference finds the cause in the log.", Map.of());
    }

    /** What is on its way cannot become a problem any more. The server breaks the connection off, so that nobody takes half an export for all of it. */
    private static void cutShort(Exception e, HttpServletResponse response) throws Exception {
        if (response.isCommitted()) {
            throw e;
        }
    }

    private ResponseEntity<ProblemDetail> refuse(
            Problem problem, String detail, Map<String, Object> members, HttpServletRequest request, @Nullable HandlerMethod handler) {
        Audited operation = handler == null ? null : handler.getMethodAnnotation(Audited.class);
        boolean change = !READS.contains(request.getMethod());
        if (operation != null && (problem == Problem.NOT_ALLOWED || (change && problem.blame() == Problem.Blame.CALLER))) {
            Actor actor = callers.getObject().find().map(Caller::actor).orElse(new Actor("anonymous", Actor.Kind.PERSON));
            refusals.getObject().record(actor, operation, request, problem.code() + ": " + detail);
        }
        return writer.answer(problem, detail, members);
    }
}
