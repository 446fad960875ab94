// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/scenario_menu.h"

#include "ui/scenario/scenario_files.h"

#include <QAction>
#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QMap>
#include <QMenu>

namespace halfopen {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ScenarioMenu", text);
}

QString readable(QString name)
{
    name.replace(QLatin1Char('_'), QLatin1Char(' '));
    name.replace(QLatin1Char('&'), QLatin1String("&&"));
    return name;
}

/// Those that ship with the lab have a name in the user's language.
QString folderTitle(const QString &relative)
{
    static const QMap<QString, const char *> names = {
        {QStringLiteral("faults"), QT_TRANSLATE_NOOP("ScenarioMenu", "Faults")},
        {QStringLiteral("incidents"), QT_TRANSLATE_NOOP("ScenarioMenu", "Incidents")},
        {QStringLiteral("patterns"), QT_TRANSLATE_NOOP("ScenarioMenu", "Patterns, where they help and where they harm")},
        {QStringLiteral("queues"), QT_TRANSLATE_NOOP("ScenarioMenu", "Queues")},
        {QStringLiteral("services"), QT_TRANSLATE_NOOP("ScenarioMenu", "Services")},
    };
    const auto known = names.find(relative);
    return known != names.end() ? tr(*known) : readable(relative);
}

} // namespace

int fillScenarioMenu(QMenu *menu, const QString &folder, const std::function<void(const QString &)> &open,
                     const QStringList &leaveOut)
{
    qDeleteAll(menu->findChildren<QMenu *>(QString(), Qt::FindDirectChildrenOnly)); // clear() leaves them
    menu->clear();
    menu->setToolTipsVisible(true);
    QMap<QString, QMenu *> menus;
    int count = 0;
    const QDir top(folder);
    for (const QString &path : folder.isEmpty() ? QStringList() : scenarioFilesIn(folder)) {
        const QString relative = QFileInfo(top.relativeFilePath(path)).path();
        if (leaveOut.contains(relative))
            continue;
        QMenu *into = menu;
        if (relative != QLatin1String(".")) {
            QMenu *&below = menus[relative];
            if (!below) {
                if (menus.size() == 1 && count > 0)
                    menu->addSeparator();
                below = menu->addMenu(folderTitle(relative));
                below->setToolTipsVisible(true);
            }
            into = below;
        }
        QAction *action = into->addAction(readable(QFileInfo(path).completeBaseName()));
        const QString question = questionOf(path);
        action->setToolTip(question.isEmpty() ? path : QStringLiteral("<p>%1</p>").arg(question.toHtmlEscaped())); // rich text wraps
        action->setStatusTip(question);
        QObject::connect(action, &QAction::triggered, menu, [open, path] { open(path); });
        ++count;
    }
    if (count == 0)
        menu->addAction(tr("none found"))->setEnabled(false);
    return count;
}

} // namespace halfopen
