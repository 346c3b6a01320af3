// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shared_folder.h"

#include <QCoreApplication>
#include <QDir>

namespace ui
{

QString sharedFolder(const QString& name)
{
    const QDir program(QCoreApplication::applicationDirPath()); // bin, or build/PRESET/bin
    for (const char* place : {"../share/caddie/", "../../../", "../../../resources/"}) {
        const QString folder = QDir::cleanPath(program.filePath(place + name));
        if (QDir(folder).exists())
            return folder;
    }
    return {};
}

} // namespace ui
