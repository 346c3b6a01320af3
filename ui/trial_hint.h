// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/inspect/ablation_study.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <optional>

class QAbstractButton;
class QWidget;

namespace ui
{

class Session;

/// Says what an ablation would change while the pointer, or the keyboard, rests on what it would
/// take away: in the status line, and in the tool tip if there is one.
class TrialHint : public QObject
{
    Q_OBJECT

public:
    TrialHint(Session& session, QWidget* owner); ///< of the tool tip; and parent

    /// `what` is how the sentence begins. No target: there is nothing to say.
    void rest(std::optional<core::AblationTarget> target, const QString& what);

private:
    void say();

    Session& m_session;
    QWidget* m_owner;
    QTimer m_timer;
    std::optional<core::AblationTarget> m_target;
    QString m_what;
    std::optional<core::AblationEffect> m_effect; ///< of it, as soon as it is known
};

/// The same for a button that ablates what is selected.
class ButtonTrial : public QObject
{
    Q_OBJECT

public:
    ButtonTrial(Session& session, QAbstractButton* button);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Session& m_session;
    QAbstractButton* m_button;
    TrialHint* m_hint;
};

} // namespace ui
