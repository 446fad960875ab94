// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/machine.h"

#include <fstream>
#include <sstream>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace halfopen {

namespace {

/// The value behind "name :" in a /proc file, or empty.
std::string procValue(const char *path, const std::string &name)
{
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with(name))
            continue;
        const std::size_t start = line.find_first_not_of(" \t", line.find(':') + 1);
        return start == std::string::npos ? std::string() : line.substr(start);
    }
    return {};
}

/// VmHWM of this process in bytes.
std::uint64_t peakMemory()
{
    std::istringstream text(procValue("/proc/self/status", "VmHWM"));
    std::uint64_t kilobytes = 0;
    text >> kilobytes;
    return kilobytes * 1024;
}

} // namespace

Machine thisMachine()
{
    Machine machine;
    machine.cpu = procValue("/proc/cpuinfo", "model name");
    if (machine.cpu.empty())
        machine.cpu = "unknown processor";
    machine.cores = std::thread::hardware_concurrency();
#if defined(__clang__)
    machine.compiler = "Clang " __clang_version__;
#else
    machine.compiler = "GCC " __VERSION__;
#endif
#ifndef __OPTIMIZE__
    machine.compiler += ", not optimised";
#endif
    utsname system{};
    if (::uname(&system) == 0)
        machine.system = std::string(system.sysname) + " " + system.release + " " + system.machine;
    return machine;
}

std::uint64_t peakMemoryOf(const std::function<void()> &work)
{
    int ends[2];
    if (::pipe(ends) != 0)
        return 0;
    const pid_t child = ::fork();
    if (child == 0) {
        // Forget what the parent's memory had been, then count the child's own.
        std::ofstream("/proc/self/clear_refs") << "5";
        work();
        const std::uint64_t peak = peakMemory();
        const bool isSent = ::write(ends[1], &peak, sizeof peak) == sizeof peak;
        ::_exit(isSent ? 0 : 1);
    }
    ::close(ends[1]);
    std::uint64_t peak = 0;
    if (child < 0 || ::read(ends[0], &peak, sizeof peak) != sizeof peak)
        peak = 0;
    ::close(ends[0]);
    if (child > 0)
        ::waitpid(child, nullptr, 0);
    return peak;
}

} // namespace halfopen
