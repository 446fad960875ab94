// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QDirIterator>
#include <QString>
#include <QStringList>

namespace halfopen::test {

/// The scenarios that ship with the lab, as "patterns/hedge_cuts_the_tail.yaml" from the folder scenarios/, in order.
inline QStringList shippedFiles()
{
    const QDir folder(QStringLiteral(HALFOPEN_SOURCE_DIR "/scenarios"));
    QStringList files;
    for (QDirIterator found(folder.path(), {QStringLiteral("*.yaml")}, QDir::Files, QDirIterator::Subdirectories); found.hasNext();)
        files += folder.relativeFilePath(found.next());
    files.sort();
    return files;
}

} // namespace halfopen::test
