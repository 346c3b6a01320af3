// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace ui
{

class DataSource;
class Session;

/// Which images everything is computed on, and the way to MNIST where it is absent.
class DataSection : public QWidget
{
    Q_OBJECT

public:
    DataSection(Session& session, DataSource& source, QWidget* parent = nullptr);

signals:
    void folderRequested(); ///< the person wants to choose one

private:
    void showState();

    Session& m_session;
    DataSource& m_source;
    QLabel* m_name;
    QLabel* m_hint;
    QLabel* m_error;
    QProgressBar* m_progress;
    QPushButton* m_download;
    QPushButton* m_choose;
    QPushButton* m_stop;
};

} // namespace ui
