// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QStringList>

namespace ui
{

class Session;

/// A field that goes where its text says: a layer, a channel, a neuron, a class, an image, a view.
class GoToField : public QLineEdit
{
    Q_OBJECT

public:
    GoToField(Session& session, QStringList views, QWidget* parent = nullptr);

signals:
    void viewChosen(int view);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void offer();
    void go();

    Session& m_session;
    QStringList m_views;
};

} // namespace ui
