// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace ui
{

class Session;

/// The line at the bottom: the data set, what is under the pointer, and what computes.
class StatusLine : public QWidget
{
    Q_OBJECT

public:
    explicit StatusLine(Session& session, QWidget* parent = nullptr);

private:
    void showBackend();

    Session& m_session;
    QLabel* m_data;
    QLabel* m_hovered;
    QLabel* m_backend;
};

} // namespace ui
