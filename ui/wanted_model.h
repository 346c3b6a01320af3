// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

namespace ui
{

class Session;

/// Makes the model of a file the current one: at once where it is open, else as soon as it is.
class WantedModel : public QObject
{
    Q_OBJECT

public:
    explicit WantedModel(Session& session, QObject* parent = nullptr);

    void show(const QString& file); ///< one that fails to open is told by the session

private:
    void takeOpened(int index);

    Session& m_session;
    QString m_file;
};

} // namespace ui
