// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run_export.h"

#include "core/report/html_report.h"
#include "core/report/json_report.h"
#include "core/run/expectations.h"
#include "ui/models/file_difference.h"
#include "ui/scenario/scenario_files.h"
#include "ui/theme.h"
#include "ui/views/view.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDate>
#include <QImage>
#include <QPainter>
#include <QSvgGenerator>

namespace halfopen {

namespace {

constexpr double kPictureScale = 2;

QString tr(const char *text)
{
    return QCoreApplication::translate("halfopen", text);
}

tl::unexpected<Error> unknownKind(const QString &path, const QString &kinds)
{
    return failure(tr("%1: the end of the name says what to write, expected %2").arg(path, kinds).toStdString());
}

bool endsIn(const QString &path, const char *end)
{
    return path.endsWith(QLatin1String(end), Qt::CaseInsensitive);
}

QImage pictureOf(View *view, const FigureHead &head)
{
    FigurePicture figure(view, head);
    const double scale = kPictureScale / themeScale();
    QImage picture((QSizeF(figure.size()) * scale).toSize(), QImage::Format_RGB32);
    picture.setDevicePixelRatio(scale);
    QPainter painter(&picture);
    figure.paint(painter);
    painter.end();
    return picture;
}

QByteArray pngOf(const QImage &picture)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    picture.save(&buffer, "PNG");
    return bytes;
}

QByteArray svgOf(View *view, const FigureHead &head)
{
    FigurePicture figure(view, head);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setSize(figure.size());
    svg.setViewBox(QRect(QPoint(0, 0), figure.size()));
    svg.setTitle(head.title.isEmpty() ? view->accessibleName() : head.title);
    svg.setDescription(head.scenario);
    QPainter painter(&svg);
    figure.paint(painter);
    painter.end();
    return bytes;
}

/// What the reader of a report, which is in English, has to know of the file that the run was held against.
std::string fileNote(const FileComparison &found, const Scenario &scenario)
{
    switch (found.with) {
    case FileComparison::With::File:
        break;
    case FileComparison::With::AsRead:
        return found.differences.empty() ? "Its file cannot be read any more; the run is as the file was when it was read."
                                         : "Its file cannot be read any more; this is by what it held when it was read.";
    case FileComparison::With::Nothing:
        return scenario.path.empty() ? "It is in no file, so what was tuned before the run is not known."
                                     : "Its file cannot be read, so what was tuned before the run is not known.";
    }
    return {};
}

} // namespace

std::function<Result<void>()> drawForExport(View *view, const QString &path, const FigureHead &head)
{
    if (endsIn(path, ".png"))
        return [path, picture = pictureOf(view, head)] { return writeFileAtomically(path, pngOf(picture).toStdString()); };
    QByteArray bytes;
    if (endsIn(path, ".csv"))
        bytes = view->csv().toUtf8();
    else if (endsIn(path, ".svg"))
        bytes = svgOf(view, head);
    else
        return [path] { return Result<void>(unknownKind(path, tr(".png, .svg or .csv"))); };
    if (bytes.isEmpty())
        return [text = QStringLiteral("%1: %2").arg(path, view->nothingToExport())] {
            return Result<void>(failure(text.toStdString()));
        };
    return [path, bytes] { return writeFileAtomically(path, bytes.toStdString()); };
}

Result<void> exportRun(const RecordPtr &record, const QString &path, const FileAsRead &known)
{
    if (!record || !record->scenario)
        return failure(tr("%1: there is nothing to write before the scenario runs").arg(path).toStdString());
    const std::vector<ExpectationResult> expectations = evaluateExpectations(*record);
    if (endsIn(path, ".html") || endsIn(path, ".htm")) {
        const std::string date = QDate::currentDate().toString(Qt::ISODate).toStdString();
        const FileComparison found = compareWithFile(*record->scenario, known);
        std::vector<std::string> tuned;
        for (const FileDifference &difference : found.differences)
            tuned.push_back(differencePlain(difference));
        return writeFileAtomically(path, report::htmlReport(*record, expectations, {date, std::move(tuned), fileNote(found, *record->scenario)}));
    }
    if (endsIn(path, ".json"))
        return writeFileAtomically(path, report::jsonReport(*record, expectations));
    return unknownKind(path, tr(".html or .json"));
}

} // namespace halfopen
