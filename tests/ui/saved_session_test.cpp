// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/saved_session.h"

#include "tests/support/places.h"

#include <gtest/gtest.h>

#include <QSettings>

using namespace ui;

TEST(SavedSession, ComesBackFromTheSettings)
{
    const test::TemporaryFolder folder;
    const QString file = QString::fromStdString((folder / "settings.ini").string());
    SavedSession saved;
    saved.files = QStringList{"/a b.pt", "/c.safetensors"};
    saved.currentFile = "/c.safetensors";
    saved.recentFiles = QStringList{"/c.safetensors"};
    saved.dataFolder = "/data";
    saved.view = "channels";
    saved.viewStates = {{"channels", QJsonObject{{"range", "layer"}}}};
    saved.selection = {2, 1, 7, core::Stage::Pre, 4};
    saved.theme = ThemeChoice::Dark;
    saved.geometry = QByteArray("\0\1geometry", 10);
    saved.splitter = "splitter";
    saved.leftFolded = true;
    {
        QSettings settings(file, QSettings::IniFormat);
        saveSession(settings, saved);
    }
    const SavedSession loaded = loadSession(QSettings(file, QSettings::IniFormat));
    EXPECT_EQ(loaded.files, saved.files);
    EXPECT_EQ(loaded.currentFile, saved.currentFile);
    EXPECT_EQ(loaded.recentFiles, saved.recentFiles);
    EXPECT_EQ(loaded.dataFolder, saved.dataFolder);
    EXPECT_EQ(loaded.view, saved.view);
    EXPECT_EQ(loaded.viewStates, saved.viewStates);
    EXPECT_EQ(loaded.selection, saved.selection);
    EXPECT_EQ(loaded.theme, saved.theme);
    EXPECT_EQ(loaded.geometry, saved.geometry);
    EXPECT_EQ(loaded.splitter, saved.splitter);
    EXPECT_TRUE(loaded.leftFolded);
    EXPECT_FALSE(loaded.rightFolded);
}

TEST(SavedSession, IsEmptyWhereNothingWasSaved)
{
    const test::TemporaryFolder folder;
    const QSettings settings(QString::fromStdString((folder / "none.ini").string()),
                             QSettings::IniFormat);
    const SavedSession loaded = loadSession(settings);
    EXPECT_TRUE(loaded.files.isEmpty());
    EXPECT_EQ(loaded.selection, Selection{});
    EXPECT_EQ(loaded.theme, ThemeChoice::System);
}

TEST(SavedSession, SurvivesSettingsThatMakeNoSense)
{
    const test::TemporaryFolder folder;
    QSettings settings(QString::fromStdString((folder / "odd.ini").string()),
                       QSettings::IniFormat);
    settings.setValue("session/selection", "{]");
    settings.setValue("session/viewStates", "[1]");
    settings.setValue("window/theme", "purple");
    const SavedSession loaded = loadSession(settings);
    EXPECT_EQ(loaded.selection, Selection{});
    EXPECT_TRUE(loaded.viewStates.isEmpty());
    EXPECT_EQ(loaded.theme, ThemeChoice::System);
}

TEST(SavedSession, RecentFilesAreTenWithoutRepetition)
{
    QStringList recent;
    for (int i = 0; i < 12; ++i)
        addRecentFile(recent, QString("/%1.pt").arg(i));
    addRecentFile(recent, "/5.pt");
    EXPECT_EQ(recent.size(), 10);
    EXPECT_EQ(recent.front(), "/5.pt");
    EXPECT_EQ(recent.count("/5.pt"), 1);
}
