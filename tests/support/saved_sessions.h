// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/places.h"
#include "ui/saved_session.h"

#include <QSettings>

/// What the next start gets of it, through a file.
inline ui::SavedSession throughSettings(const ui::SavedSession& saved)
{
    const test::TemporaryFolder folder;
    const QString file = QString::fromStdString((folder / "settings.ini").string());
    {
        QSettings settings(file, QSettings::IniFormat);
        ui::saveSession(settings, saved);
    }
    return ui::loadSession(QSettings(file, QSettings::IniFormat));
}
