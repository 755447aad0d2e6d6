package dev.bowline.permission;

/// The approver that answers nothing now.
enum Later implements Approver {
    LATER;

    @Override
    public Decision ask(PermissionRequest request) {
        return new Decision.Ask(request.reason());
    }
}
