// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/start_model_box.h"

namespace ui
{

StartModelBox::StartModelBox(QWidget* parent) : QCheckBox(parent)
{
    setModel(nullptr);
}

void StartModelBox::setModel(core::ModelPointer model)
{
    constexpr int kNameWidth = 190; // px
    m_model = std::move(model);
    setEnabled(m_model != nullptr);
    if (m_model == nullptr)
        setChecked(false);
    setText(m_model == nullptr
                ? tr("Go on from the current model")
                : tr("Go on from %1")
                      .arg(fontMetrics().elidedText(QString::fromStdString(m_model->name),
                                                    Qt::ElideMiddle, kNameWidth)));
}

core::ModelPointer StartModelBox::start() const
{
    return isChecked() ? m_model : nullptr;
}

} // namespace ui
