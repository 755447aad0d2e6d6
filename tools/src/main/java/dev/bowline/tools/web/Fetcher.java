package dev.bowline.tools.web;

import dev.bowline.error.ErrorCode;
import dev.bowline.time.TimeSource;
import java.io.IOException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.HttpException;

/// Gets a page, hop by hop: every hop is checked by the policy anew and looks its name up once; it
/// goes to the addresses that were checked. Redirects are followed on the same host and port (or
/// from `http` to `https` of it); any other is for the model to ask for.
final class Fetcher {
    private final AddressPolicy policy;
    private final FetchLimits limits;
    private final HttpHop http;

    Fetcher(AddressPolicy policy, FetchLimits limits, SSLSocketFactory tls) {
        this.policy = policy;
        this.limits = limits;
        this.http = new HttpHop(tls, limits);
    }

    /// What came of it.
    sealed interface Fetched {
        /// The page at `url`, which is where the last redirect led.
        record Page(String url, HttpHop.Answer answer) implements Fetched {}

        /// The page is somewhere else.
        ///
        /// @param from the address that said so
        /// @param to the new address, in one form, or as the server wrote it if it is none
        record Elsewhere(String from, String to, HttpHop.Answer answer) implements Fetched {}
    }

    /// @throws FetchProblem when there is no page
    /// @throws InterruptedException when the thread is interrupted
    Fetched fetch(String url, TimeSource time) throws FetchProblem, InterruptedException {
        try (var clock = new FetchClock(time, limits.total())) {
            var here = url;
            for (int hop = 0; hop <= limits.hops(); hop++) {
                var contact = checked(here);
                var answer = get(contact, clock);
                if (answer.location().isEmpty()) {
                    return new Fetched.Page(contact.address().url(), answer);
                }
                var next = Location.resolve(contact.address(), answer.location());
                if (!(next instanceof WebAddress.Valid there) || !near(contact.address(), there)) {
                    return new Fetched.Elsewhere(
                            contact.address().url(),
                            next instanceof WebAddress.Valid there
                                    ? there.url()
                                    : answer.location(),
                            answer);
                }
                here = there.url();
            }
            throw new FetchProblem("The page redirects more than " + limits.hops() + " times.");
        }
    }

    private AddressPolicy.Verdict.Contact checked(String url) throws FetchProblem {
        return switch (policy.check(url)) {
            case AddressPolicy.Verdict.Contact contact -> contact;
            case AddressPolicy.Verdict.Refused(String any, String reason) ->
                    throw new FetchProblem(ErrorCode.PERMISSION_DENIED, reason);
        };
    }

    private static boolean near(WebAddress.Valid here, WebAddress.Valid there) {
        return here.secured().origin().equals(there.secured().origin());
    }

    private HttpHop.Answer get(AddressPolicy.Verdict.Contact contact, FetchClock clock)
            throws FetchProblem, InterruptedException {
        try {
            return http.get(contact, clock);
        } catch (IOException | HttpException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new FetchProblem(sentence(e, contact.address().host(), clock));
        }
    }

    private String sentence(Exception e, String host, FetchClock clock) {
        if (clock.isOver()) {
            return "The page did not come within "
                    + limits.total().toMillis() / 1000.0
                    + " seconds.";
        }
        return switch (e) {
            case SocketTimeoutException slow -> "The server " + host + " was silent for too long.";
            case SSLException untrusted ->
                    "The connection to "
                            + host
                            + " could not be secured: "
                            + untrusted.getMessage();
            default -> "The page could not be had from " + host + ": " + e.getMessage();
        };
    }
}
