// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run_export.h"

#include "core/report/html_report.h"
#include "core/report/json_report.h"
#include "core/run/expectations.h"
#include "ui/scenario/scenario_files.h"
#include "ui/views/view.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDate>
#include <QPainter>
#include <QPixmap>
#include <QSvgGenerator>

namespace halfopen {

namespace {

constexpr double kPictureScale = 2;

QString tr(const char *text)
{
    return QCoreApplication::translate("RunExport", text);
}

tl::unexpected<Error> unknownKind(const QString &path, const QString &kinds)
{
    return failure(tr("%1: the end of the name says what to write, expected %2").arg(path, kinds).toStdString());
}

bool endsIn(const QString &path, const char *end)
{
    return path.endsWith(QLatin1String(end), Qt::CaseInsensitive);
}

QByteArray pngOf(View *view)
{
    QPixmap picture(view->size() * kPictureScale);
    picture.setDevicePixelRatio(kPictureScale);
    view->render(&picture);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    picture.save(&buffer, "PNG");
    return bytes;
}

QByteArray svgOf(View *view)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setSize(view->size());
    svg.setViewBox(view->rect());
    svg.setTitle(view->accessibleName());
    QPainter painter(&svg);
    view->render(&painter);
    painter.end();
    return bytes;
}

} // namespace

Result<void> exportView(View *view, const QString &path)
{
    QByteArray bytes;
    if (endsIn(path, ".csv"))
        bytes = view->csv().toUtf8();
    else if (endsIn(path, ".png"))
        bytes = pngOf(view);
    else if (endsIn(path, ".svg"))
        bytes = svgOf(view);
    else
        return unknownKind(path, tr(".png, .svg or .csv"));
    if (bytes.isEmpty())
        return failure(QStringLiteral("%1: %2").arg(path, view->nothingToExport()).toStdString());
    return writeFileAtomically(path, bytes.toStdString());
}

Result<void> exportRun(const RecordPtr &record, const QString &path)
{
    if (!record || !record->scenario)
        return failure(tr("%1: there is nothing to write before the scenario runs").arg(path).toStdString());
    const std::vector<ExpectationResult> expectations = evaluateExpectations(*record);
    if (endsIn(path, ".html") || endsIn(path, ".htm")) {
        const std::string date = QDate::currentDate().toString(Qt::ISODate).toStdString();
        return writeFileAtomically(path, report::htmlReport(*record, expectations, {date}));
    }
    if (endsIn(path, ".json"))
        return writeFileAtomically(path, report::jsonReport(*record, expectations));
    return unknownKind(path, tr(".html or .json"));
}

} // namespace halfopen
