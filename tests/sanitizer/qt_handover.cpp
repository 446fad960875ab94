// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Only in a thread sanitizer build of the desktop tests.
//
// Qt hands a closure from one thread to another under locks of its own library, which is not instrumented: the sanitizer takes
// every closure given to QMetaObject::invokeMethod() for a race between the thread that made it and the one that runs it.
// To hide such reports would hide the real ones in what the closures do. Here the hand-over itself is told instead: what was done
// before posting happens before the call, and what the call did before the end of a call that is waited for.

#include <QMetaObject>
#include <QObject>
#include <QtGlobal>

#include <dlfcn.h>

extern "C" void __tsan_acquire(void *address);
extern "C" void __tsan_release(void *address);

namespace {

/// The slot object that Qt is given in place of the one that invokeMethod() made, which it owns.
class SeenSlot : public QtPrivate::QSlotObjectBase {
public:
    explicit SeenSlot(QtPrivate::QSlotObjectBase *slot) : QSlotObjectBase(&act), m_slot(slot) {}

private:
    static void act(int which, QSlotObjectBase *self, QObject *receiver, void **arguments, bool *isEqual)
    {
        auto *seen = static_cast<SeenSlot *>(self);
        __tsan_acquire(seen);
        switch (which) {
        case Destroy:
            seen->m_slot->destroyIfLastRef();
            delete seen;
            break;
        case Call:
            seen->m_slot->call(receiver, arguments);
            if (arguments && arguments[0])
                __tsan_release(arguments[0]); // whoever waits for the result reads it
            __tsan_release(seen);
            break;
        case Compare:
            *isEqual = false;
            break;
        }
    }

    QtPrivate::QSlotObjectBase *m_slot;
};

} // namespace

/// In front of the one in QtCore, which does the work.
bool QMetaObject::invokeMethodImpl(QObject *object, QtPrivate::QSlotObjectBase *slot, Qt::ConnectionType type, void *result)
{
    using Invoke = bool (*)(QObject *, QtPrivate::QSlotObjectBase *, Qt::ConnectionType, void *);
    static const auto invoke = reinterpret_cast<Invoke>(dlsym(
        RTLD_NEXT, "_ZN11QMetaObject16invokeMethodImplEP7QObjectPN9QtPrivate15QSlotObjectBaseEN2Qt14ConnectionTypeEPv"));
    if (invoke == nullptr)
        qFatal("tests/sanitizer/qt_handover.cpp does not fit this version of Qt");
    auto *seen = new SeenSlot(slot);
    __tsan_release(seen);
    const bool isDone = invoke(object, seen, type, result);
    if (result != nullptr)
        __tsan_acquire(result);
    return isDone;
}
