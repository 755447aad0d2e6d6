package dev.bowline.checks.wrong.tool;

import java.io.FileDescriptor;
import java.io.FileOutputStream;

final class OpensTheDescriptor {
    FileOutputStream open() {
        return new FileOutputStream(FileDescriptor.err);
    }
}
