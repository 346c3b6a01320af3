// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/models_panel.h"

#include "ui/models/model_delegate.h"
#include "ui/models/model_list.h"
#include "ui/panels/icon_button.h"
#include "ui/session.h"
#include "ui/words.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui
{

namespace
{

QLabel* wrappedLabel(const QString& text, const char* role)
{
    auto* label = new QLabel(text);
    label->setWordWrap(true);
    label->setProperty("role", role);
    return label;
}

} // namespace

ModelsPanel::ModelsPanel(Session& session, QWidget* parent)
    : Panel(tr("Models"), parent), m_session(session), m_models(new ModelList(session, this))
{
    auto* add = new IconButton("add", tr("Open a model"));
    m_addMenu = new QMenu(add);
    add->setMenu(m_addMenu);
    add->setPopupMode(QToolButton::InstantPopup);
    addHeaderWidget(add);

    m_list = new QListView;
    m_list->setModel(m_models);
    m_list->setItemDelegate(new ModelDelegate(m_list));
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setAccessibleName(tr("Open models"));
    m_list->setMinimumHeight(90);
    m_list->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    const auto makeCurrent = [&session](const QModelIndex& index) {
        session.setCurrent(index.row());
    };
    connect(m_list, &QListView::clicked, this, makeCurrent);
    connect(m_list, &QListView::activated, this, makeCurrent);
    connect(m_list, &QListView::customContextMenuRequested, this, &ModelsPanel::showMenu);

    m_empty = new QWidget;
    auto* emptyLayout = new QVBoxLayout(m_empty);
    emptyLayout->setContentsMargins(0, 8, 0, 8);
    emptyLayout->addWidget(wrappedLabel(
        tr("No model is open. Drop a file anywhere in the window: safetensors, .pt, .pth."),
        "caption"));
    auto* open = new QPushButton(tr("Open a model…"));
    open->setProperty("role", "primary");
    connect(open, &QPushButton::clicked, this, &ModelsPanel::openRequested);
    emptyLayout->addWidget(open);
    emptyLayout->addStretch();

    m_failure = new QWidget;
    auto* failureLayout = new QHBoxLayout(m_failure);
    failureLayout->setContentsMargins(0, 0, 0, 0);
    m_failureText = wrappedLabel({}, "error");
    m_failureText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* dismiss = new IconButton("close", tr("Dismiss"));
    connect(dismiss, &QToolButton::clicked, this, &ModelsPanel::clearFailure);
    failureLayout->addWidget(m_failureText, 1);
    failureLayout->addWidget(dismiss, 0, Qt::AlignTop);
    m_failure->hide();

    body()->addWidget(m_failure);
    body()->addWidget(m_empty);
    body()->addWidget(m_list, 1);

    connect(&session, &Session::openFailed, this, &ModelsPanel::showFailure);
    connect(&session, &Session::modelOpened, this, &ModelsPanel::clearFailure);
    connect(&session, &Session::modelsChanged, this, &ModelsPanel::showState);
    connect(&session, &Session::openingChanged, this, &ModelsPanel::showState);
    showState();
}

void ModelsPanel::showState()
{
    const bool empty = m_session.models().empty();
    m_empty->setVisible(empty && !m_session.opening());
    m_list->setVisible(!empty);
    m_list->doItemsLayout(); // a row may have become higher
}

void ModelsPanel::showMenu(const QPoint& position)
{
    const QModelIndex index = m_list->indexAt(position);
    if (!index.isValid())
        return;
    const core::ModelPointer model =
        m_session.models()[static_cast<std::size_t>(index.row())].opened;
    // The list may change while the menu is open.
    const auto row = [this, model] {
        const auto& models = m_session.models();
        const auto same = [&](const OpenModel& entry) { return entry.opened == model; };
        return static_cast<int>(std::ranges::find_if(models, same) - models.begin());
    };
    auto* menu = new QMenu(m_list);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Make current"), this, [=, this] { m_session.setCurrent(row()); });
    if (model == m_session.reference())
        menu->addAction(tr("No longer the reference"), this,
                        [this] { m_session.setReference(-1); });
    else
        menu->addAction(tr("Make reference"), this, [=, this] { m_session.setReference(row()); });
    const QString file = QString::fromStdString(model->file.string());
    if (!file.isEmpty()) {
        menu->addAction(tr("Read the file again"), this,
                        [=, this] { m_session.openModelFile(file); });
        menu->addAction(tr("Copy the file's path"), this,
                        [=] { QGuiApplication::clipboard()->setText(file); });
    }
    menu->addSeparator();
    menu->addAction(tr("Close"), this, [=, this] { m_session.closeModel(row()); });
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

void ModelsPanel::showFailure(const QString&, const QString& sentence)
{
    m_failureText->setText(breakable(sentence));
    m_failure->show();
}

void ModelsPanel::clearFailure()
{
    m_failure->hide();
}

} // namespace ui
