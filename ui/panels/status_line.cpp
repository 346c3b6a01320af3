// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/status_line.h"

#include "ui/session.h"
#include "ui/theme.h"

#include <QHBoxLayout>
#include <QLabel>

namespace ui
{

StatusLine::StatusLine(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_data(new QLabel), m_hovered(new QLabel),
      m_backend(new QLabel)
{
    setProperty("role", "bar");
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(28);
    m_data->setProperty("role", "caption");
    m_backend->setProperty("role", "caption");
    m_hovered->setFont(numberFont(11));
    m_hovered->setTextFormat(Qt::PlainText);
    // A long message may not push the window wider.
    m_hovered->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 0, 12, 0);
    layout->setSpacing(24);
    layout->addWidget(m_data);
    layout->addWidget(m_hovered, 1);
    layout->addWidget(m_backend);

    const auto showData = [this] {
        m_data->setText(QString::fromStdString(m_session.dataset()->description()));
    };
    connect(&session, &Session::datasetChanged, this, showData);
    connect(&session, &Session::statusMessage, m_hovered, &QLabel::setText);
    connect(&session, &Session::activationsChanged, this, &StatusLine::showBackend);
    showData();
    showBackend();
}

void StatusLine::showBackend()
{
    const QString name = m_session.backendName();
    if (name.isEmpty())
        m_backend->setText(m_session.current() ? tr("loading the engine…") : QString());
    else
        m_backend->setText(m_session.threads() == 1
                               ? tr("%1, one thread").arg(name)
                               : tr("%1, %2 threads").arg(name).arg(m_session.threads()));
}

} // namespace ui
