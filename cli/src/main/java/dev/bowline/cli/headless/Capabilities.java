package dev.bowline.cli.headless;

import java.util.List;

/// What a host may rely on beyond the oldest form of the protocol.
final class Capabilities {
    static final List<String> ALL =
            List.of(
                    "interrupt_receipt_v1",
                    "interrupt_cancel_queued_v1",
                    "msg_lifecycle_v1",
                    "sdk_mcp_manifests",
                    "mcp_read_resource_v1");

    private Capabilities() {}
}
