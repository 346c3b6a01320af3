// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/reference_offer.h"

#include "ui/session.h"

#include <QComboBox>
#include <QFontMetrics>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui
{

namespace
{

constexpr int kMostButtons = 8; ///< more are in the list
constexpr int kButtonWidth = 320;
constexpr int kComboLetters = 26; ///< longer names are elided

QString nameOf(const OpenModel& entry)
{
    return QString::fromStdString(entry.opened->name);
}

} // namespace

ReferenceOffer::ReferenceOffer(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_combo(new QComboBox), m_buttons(new QVBoxLayout(this))
{
    m_combo->setAccessibleName(tr("Reference"));
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setMinimumContentsLength(kComboLetters);
    connect(m_combo, &QComboBox::activated, this,
            [this](int row) { m_session.setReference(row - 1); });
    m_buttons->setContentsMargins(24, 0, 24, 48);
    m_buttons->setSpacing(8);
    connect(&session, &Session::modelsChanged, this, &ReferenceOffer::fill);
    connect(&session, &Session::currentModelChanged, this, &ReferenceOffer::fill);
    connect(&session, &Session::referenceChanged, this, &ReferenceOffer::fill);
    hide();
    fill();
}

void ReferenceOffer::setOffering(bool offering)
{
    m_offering = offering;
    setVisible(offering && m_buttons->count() > 0);
}

void ReferenceOffer::fill()
{
    fillCombo();
    fillButtons();
    setVisible(m_offering && m_buttons->count() > 0);
}

void ReferenceOffer::fillCombo()
{
    QStringList names{tr("No reference")};
    for (const OpenModel& entry : m_session.models())
        names << tr("Reference: %1").arg(nameOf(entry));
    QStringList present;
    for (int i = 0; i < m_combo->count(); ++i)
        present << m_combo->itemData(i, Qt::ToolTipRole).toString();
    if (names != present) {
        m_combo->clear();
        const QFontMetrics metrics = m_combo->fontMetrics();
        for (const QString& name : names) {
            m_combo->addItem(metrics.elidedText(name, Qt::ElideMiddle,
                                                kComboLetters * metrics.horizontalAdvance(u'x')));
            m_combo->setItemData(m_combo->count() - 1, name, Qt::ToolTipRole);
        }
    }
    m_combo->setCurrentIndex(m_session.referenceIndex() + 1);
    m_combo->setToolTip(m_session.referenceIndex() < 0
                            ? tr("The model that the current one is compared with")
                            : m_combo->currentData(Qt::ToolTipRole).toString());
}

void ReferenceOffer::fillButtons()
{
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater(); // it may be the sender of the signal that led here
        }
        delete item;
    }
    const auto& models = m_session.models();
    for (std::size_t i = 0; i < models.size(); ++i) {
        if (models[i].model == m_session.current() && models[i].model == models[i].opened)
            continue; // a model is no news beside itself
        if (m_buttons->count() == kMostButtons)
            return;
        const QString text = tr("Compare with %1").arg(nameOf(models[i]));
        auto* button = new QPushButton;
        button->setText(button->fontMetrics().elidedText(text, Qt::ElideMiddle, kButtonWidth - 32));
        button->setToolTip(text);
        button->setAccessibleName(text);
        button->setFixedWidth(kButtonWidth);
        connect(button, &QPushButton::clicked, this,
                [this, i] { m_session.setReference(static_cast<int>(i)); });
        m_buttons->addWidget(button, 0, Qt::AlignHCenter);
    }
}

} // namespace ui
