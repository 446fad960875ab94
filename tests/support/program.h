// SPDX-FileCopyrightText: 2026 The Halfopen authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QMap>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <nlohmann/json.hpp>

namespace halfopen::test {

/// The real command-line program in a folder of its own: its exit statuses, texts and files are its interface.
class Program {
public:
    struct Finished {
        int status = -1; ///< -1: it crashed or did not end
        QString out;
        QString err;
        nlohmann::json json() const { return nlohmann::json::parse(out.toStdString()); }
    };

    explicit Program(QString path) : m_path(std::move(path)) {}

    /// For every later run.
    void setVariable(const QString &name, const QString &value) { m_variables.insert(name, value); }
    QString folder() const { return m_folder.path(); }
    void write(const QString &name, const QString &text) const
    {
        QFile file(m_folder.filePath(name));
        if (file.open(QFile::WriteOnly))
            file.write(text.toUtf8());
    }
    QString read(const QString &name) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QFile::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    Finished run(const QStringList &arguments) const
    {
        QProcess process;
        start(process, arguments);
        return finish(process);
    }
    void start(QProcess &process, const QStringList &arguments) const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("LC_ALL", "C.UTF-8");
        environment.remove("COLUMNS");
        for (auto it = m_variables.begin(); it != m_variables.end(); ++it)
            environment.insert(it.key(), it.value());
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_folder.path());
        process.start(m_path, arguments);
    }
    static Finished finish(QProcess &process)
    {
        if (!process.waitForFinished(120'000)) {
            process.kill();
            process.waitForFinished();
            return {};
        }
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
    }

private:
    QString m_path;
    QMap<QString, QString> m_variables;
    QTemporaryDir m_folder;
};

} // namespace halfopen::test
