/// A small HTTP/1.1 server with control over its sockets, so that it can misbehave on purpose.
@NullMarked
package dev.bowline.testkit.http;

import org.jspecify.annotations.NullMarked;
