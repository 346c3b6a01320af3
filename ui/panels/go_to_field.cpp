// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/go_to_field.h"

#include "ui/models/go_to.h"
#include "ui/session.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QStringListModel>

namespace ui
{

namespace
{

core::Architecture networkOf(const Session& session)
{
    const core::ModelPointer model = session.current();
    return model ? model->architecture : core::Architecture();
}

} // namespace

GoToField::GoToField(Session& session, QStringList views, QWidget* parent)
    : QLineEdit(parent), m_session(session), m_views(std::move(views))
{
    setPlaceholderText(tr("Go to: conv2 3, #512"));
    setAccessibleName(tr("Go to a layer, channel, neuron, class, image or view"));
    setToolTip(tr("conv2 3 · conv2 3 (5, 6) · neuron 17 · class 4 · #512 · heatmap"));
    setMinimumWidth(120);
    setMaximumWidth(236);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* completer = new QCompleter(this);
    completer->setModel(new QStringListModel(completer));
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setFilterMode(Qt::MatchContains);
    completer->popup()->setProperty("role", "popup");
    setCompleter(completer);
    connect(&session, &Session::currentModelChanged, this, &GoToField::offer);
    connect(this, &QLineEdit::returnPressed, this, &GoToField::go);
    connect(completer, qOverload<const QString&>(&QCompleter::activated), this, &GoToField::go,
            Qt::QueuedConnection);
    offer();
}

void GoToField::offer()
{
    static_cast<QStringListModel*>(completer()->model())
        ->setStringList(destinations(networkOf(m_session), m_views));
}

void GoToField::go()
{
    const auto where =
        parseDestination(text(), networkOf(m_session), m_session.selection(), m_views);
    if (!where || (where->image && *where->image >= m_session.dataset()->size())) {
        emit m_session.statusMessage(
            text().isEmpty() ? QString() : tr("%1: there is no such place here").arg(text()));
        return;
    }
    if (where->selection)
        m_session.select(*where->selection);
    if (where->image)
        m_session.showImage(*where->image);
    if (where->view) {
        emit viewChosen(*where->view);
        clear(); // the keys are the view's now
    } else {
        selectAll();
    }
}

/// Escape gives the keys back to the window.
void GoToField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape) {
        clear();
        nextInFocusChain()->setFocus();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace ui
