// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trial_hint.h"

#include "ui/ablations.h"
#include "ui/models/unit_facts.h"
#include "ui/session.h"
#include "ui/words.h"

#include <QAbstractButton>
#include <QCursor>
#include <QEvent>
#include <QToolTip>

#include <utility>

namespace ui
{

namespace
{

constexpr int kRest = 120; ///< milliseconds

} // namespace

TrialHint::TrialHint(Session& session, QWidget* owner)
    : QObject(owner), m_session(session), m_owner(owner)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kRest);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (m_target && m_session.current() != nullptr)
            m_session.ablations().tryOut(*m_target);
    });
    connect(&session.ablations(), &Ablations::triedOut, this,
            [this](const core::AblationTarget& target, const core::AblationEffect& effect) {
                if (target != m_target)
                    return;
                m_effect = effect;
                say();
            });
    connect(&session.ablations(), &Ablations::reportChanged, this, &TrialHint::say);
}

void TrialHint::rest(std::optional<core::AblationTarget> target, const QString& what)
{
    m_target = std::move(target);
    m_what = what;
    m_effect.reset();
    if (m_target)
        m_timer.start();
    else
        m_timer.stop();
}

/// Once, when it is known what there is without the trial, too.
void TrialHint::say()
{
    const Ablations& ablations = m_session.ablations();
    const auto& report = ablations.report();
    if (!m_effect || !report.value || report.running)
        return;
    const core::AblationEffect effect = *std::exchange(m_effect, std::nullopt);
    const bool zero = ablations.kind() == core::AblationKind::Zero;
    const QString sentence = tr("%1; %2 %3 right on %4, %5")
                                 .arg(m_what, zero ? tr("without it") : tr("held at its mean"),
                                      withThousands(effect.correct), report.value->data,
                                      signedCount(effect.correct - report.value->effect.correct));
    emit m_session.statusMessage(sentence);
    if (QToolTip::isVisible())
        QToolTip::showText(QCursor::pos() + QPoint(12, 12), sentence, m_owner);
}

ButtonTrial::ButtonTrial(Session& session, QAbstractButton* button)
    : QObject(button), m_session(session), m_button(button), m_hint(new TrialHint(session, button))
{
    button->installEventFilter(this);
}

bool ButtonTrial::eventFilter(QObject* watched, QEvent* event)
{
    const core::ModelPointer model = m_session.current();
    switch (event->type()) {
    case QEvent::Enter:
    case QEvent::FocusIn:
        m_session.ablations().prepare();
        if (model != nullptr && m_button->isEnabled())
            m_hint->rest(ablationTarget(model->architecture, m_session.selection()),
                         unitTitle(model->architecture, m_session.selection()));
        break;
    case QEvent::Leave:
    case QEvent::FocusOut:
        m_hint->rest(std::nullopt, {});
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace ui
