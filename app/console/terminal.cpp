// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/terminal.h"

#include "core/report/format.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <langinfo.h>
#include <string>
#include <sys/ioctl.h>
#include <unistd.h>

namespace halfopen {

namespace {

constexpr std::size_t kWidthMin = 40;
constexpr std::size_t kWidthMax = 160; ///< lines longer than this are hard to follow

int g_outputError = 0; ///< the first failure; only the main thread prints

bool isSet(const char *variable)
{
    const char *value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

bool isUtf8Locale()
{
    static const bool isUtf8 = [] {
        // Only the character type: numbers are printed the same everywhere.
        std::setlocale(LC_CTYPE, "");
        return std::string_view(nl_langinfo(CODESET)) == "UTF-8";
    }();
    return isUtf8;
}

std::size_t columns(int descriptor)
{
    std::size_t width = 0;
    if (const char *text = std::getenv("COLUMNS"))
        std::from_chars(text, text + std::char_traits<char>::length(text), width);
    if (width == 0 && ::isatty(descriptor) != 0) {
        winsize size{};
        if (::ioctl(descriptor, TIOCGWINSZ, &size) == 0)
            width = size.ws_col;
    }
    return width == 0 ? 100 : std::clamp(width, kWidthMin, kWidthMax);
}

report::TextStyle styleOf(int descriptor)
{
    const char *term = std::getenv("TERM");
    const bool isDumb = term != nullptr && std::string_view(term) == "dumb";
    return {.width = columns(descriptor),
            .colour = ::isatty(descriptor) != 0 && !isSet("NO_COLOR") && !isDumb,
            .unicode = isUtf8Locale()};
}

void printOnStderr(std::string_view text, report::Tone tone)
{
    const report::TextStyle style = errorStyle();
    const std::string line =
        report::paint(style.unicode ? std::string(text) : report::toAscii(text), tone, style) +
        "\n";
    std::fwrite(line.data(), 1, line.size(), stderr);
}

} // namespace

report::TextStyle outputStyle()
{
    return styleOf(STDOUT_FILENO);
}

report::TextStyle errorStyle()
{
    return styleOf(STDERR_FILENO);
}

bool isErrorTerminal()
{
    return ::isatty(STDERR_FILENO) != 0;
}

void print(std::string_view text)
{
    errno = 0;
    const bool isWritten = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    if ((std::fflush(stdout) != 0 || !isWritten) && errno != EPIPE && g_outputError == 0)
        g_outputError = errno != 0 ? errno : EIO;
}

int outputError()
{
    return g_outputError;
}

void printError(std::string_view message)
{
    printOnStderr("halfopen: error: " + std::string(message), report::Tone::Bad);
}

void printHint(std::string_view hint)
{
    printOnStderr("  hint: " + std::string(hint), report::Tone::Faint);
}

} // namespace halfopen
