package dev.bowline.transcript;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;

/// An immutable list that grows cheaply: a longer version shares the storage of the shorter one.
/// Only the newest version may be extended in place; extending an older one copies. Guarded by its
/// storage, so versions may be read by any thread.
final class AppendList<T> extends AbstractList<T> implements RandomAccess {
    private final ArrayList<T> storage;
    private final int size;

    private AppendList(ArrayList<T> storage, int size) {
        this.storage = storage;
        this.size = size;
    }

    static <T> AppendList<T> empty() {
        return new AppendList<>(new ArrayList<>(4), 0);
    }

    AppendList<T> plus(T element) {
        synchronized (storage) {
            if (storage.size() == size) {
                storage.add(element);
                return new AppendList<>(storage, size + 1);
            }
            var copy = new ArrayList<T>(size + 8);
            copy.addAll(storage.subList(0, size));
            copy.add(element);
            return new AppendList<>(copy, size + 1);
        }
    }

    /// The first `length` elements.
    AppendList<T> first(int length) {
        return new AppendList<>(storage, Math.min(length, size));
    }

    @Override
    public T get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("index " + index + " of " + size);
        }
        synchronized (storage) {
            return storage.get(index);
        }
    }

    @Override
    public int size() {
        return size;
    }

    /// A copy from `from` on, taken under one lock.
    List<T> from(int from) {
        synchronized (storage) {
            return List.copyOf(storage.subList(from, size));
        }
    }
}
